"""The page of announcements: lists, the chosen one beside them, writing. Wiring only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.models.entities.announcements import Announcement, HeldTraining, Link
from app.models.entities.events import (
    AnnouncementsChanged,
    CatalogueChanged,
    DutyChanged,
    RosterChanged,
    SettingsChanged,
)
from app.services.base.context import Context
from app.views.announcements.announcements_presenter import AnnouncementsPresenter, Part
from app.views.announcements.editor_view import EditorView
from app.views.announcements.list_view import AnnouncementsCard
from app.views.announcements.page_actions import line_actions, page_actions
from app.views.announcements.reading_pane import ReadingPane
from app.views.announcements.training_popup import TrainingPopup
from app.views.base.actions import Action, ActionSet
from app.views.base.dialogs import Question
from app.views.base.i18n import _
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, PageHeader, row_of
from app.views.base.widgets.switches import Choice, Segment


class AnnouncementsPage(Page):
    """What the desk announces. Understands {"id": announcement}, {"show": part}, {"write": True}."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.presenter = AnnouncementsPresenter(ctx, env, self)
        may_write = self.presenter.may_write
        self.header = PageHeader(_("Announcements"))
        self.parts = Segment(
            [
                Choice(Part.NOW, _("In force"), 0),
                Choice(Part.AHEAD, _("To come"), 0),
                Choice(Part.PAST, _("Over or withdrawn")),
            ],
            Part.NOW,
            said=_("Part of the page"),
        )
        self.write = Button(_("Announce…"), ButtonKind.PRIMARY, icon="megaphone", key="Alt+N")
        self.list = AnnouncementsCard(env.format, ctx.clock.now)
        self.pane = ReadingPane(env.format, may_write=may_write, is_somebody=self.presenter.is_somebody)
        self.editor = EditorView(env.format, ctx.clock.now)
        self.side = QStackedWidget()
        self.training: TrainingPopup | None = None
        self._wanted = 0  # what a target names, until it was read
        self._kept: Mapping[str, Any] = {}
        self._build()
        self.of_lines = ActionSet(self.list, line_actions(self), ctx.actor.may)
        self.action_set = ActionSet(self, page_actions(self), ctx.actor.may)
        self._connect()
        self.setFocusProxy(self.list.table)

    # -- what the window asks ------------------------------------------------------------------------

    def refresh(self) -> None:
        """See `Page.refresh`."""
        self.presenter.refresh()

    def show_target(self, target: Target) -> None:
        """See the class."""
        if target.get("show") in set(Part):
            self._show_part(Part(str(target["show"])))
        if isinstance(target.get("id"), int):
            self._wanted = int(target["id"])
            if not (self.is_writing and self.editor.is_dirty):  # what is typed is not thrown away for a look
                self._stop_writing()
            self._go_to_wanted()
        if target.get("write") and self.presenter.may_write:
            self.write_new()

    def save_state(self) -> dict[str, Any]:
        """See `Page.save_state`."""
        state: dict[str, Any] = {"part": self.parts.key}
        if self.is_writing:
            state["typed"] = self.editor.values
        return state

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """See `Page.restore_state`."""
        if state.get("part") in set(Part):
            self._show_part(Part(str(state["part"])))
        typed = state.get("typed")
        if isinstance(typed, Mapping) and self.presenter.may_write:
            self._kept = typed  # taken up once the announcement it belongs to was read

    @property
    def actions_shown(self) -> tuple[Action, ...]:
        """The page's actions and those of its list."""
        return (*super().actions_shown, *self.of_lines.actions)

    def cycle_panes(self) -> None:
        """From the list to what stands beside it, and back."""
        if not self.list.table.hasFocus():
            self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.is_writing:
            self.editor.form.title.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.pane.enter()

    @property
    def is_writing(self) -> bool:
        """Whether the editor is open."""
        return self.side.currentWidget() is self.editor

    @property
    def chosen(self) -> Announcement | None:
        """The announcement the list stands on."""
        return self.presenter.one(self.list.table.current_id or 0)

    # -- doing ---------------------------------------------------------------------------------------

    def write_new(self) -> None:
        """Write a new announcement, or go on with the one begun."""
        if self.is_writing:
            self.editor.form.title.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._edit(None)

    def change_chosen(self) -> None:
        """Change the chosen one."""
        if self.chosen is not None and self.pane.change.isVisibleTo(self):
            self._edit(self.chosen)

    def record_training(self) -> None:
        """Ask who was trained."""
        one = self.chosen
        if one is None or not self.presenter.preparations:
            return
        if self.training is None:
            self.training = TrainingPopup(self.window(), self.env.format)
            self.training.given.connect(self._give_training)
        self.training.offer(self.presenter.skills)
        today = self.env.format.local(self.ctx.clock.now()).date()
        self.training.ask(one, self.presenter.preparations, today)

    def read_chosen(self) -> None:
        """Say that one has read the chosen one, or take it back."""
        self._with_chosen(self.presenter.mark_read, self.pane.read)

    def end_chosen(self) -> None:
        """The chosen one is over now."""
        self._with_chosen(self.presenter.end, self.pane.end)

    def withdraw_chosen(self) -> None:
        """Take the chosen one back, or let it hold again."""
        self._with_chosen(self.presenter.withdraw, self.pane.withdraw)

    def _edit(self, one: Announcement | None) -> None:
        self.editor.form.offer(self.presenter.services)
        self.side.setCurrentWidget(self.editor)
        self.editor.begin_with(one)

    def _stop_writing(self) -> None:
        if self.is_writing:
            self.side.setCurrentWidget(self.pane)
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_up_writing(self) -> None:
        """Throw away what is typed; it can be taken back."""
        typed = self.editor.values if self.editor.is_dirty else None
        self._stop_writing()
        if typed is not None:
            said = _("The draft was discarded")
            self.env.shell.say(said, tone="info", action=_("Undo"), run=lambda: self._go_on(typed))

    def _with_chosen(self, deed: Callable[[Announcement], None], button: Button) -> None:
        """Do something with the chosen one where its pane offers it."""
        if self.chosen is not None and button.isVisibleTo(self):
            deed(self.chosen)

    def _give_training(self, held: HeldTraining) -> None:
        if self.chosen is not None:
            self.presenter.record_training(self.chosen, held)

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.header.buttons.addWidget(self.write)
        self.write.setVisible(self.presenter.may_write)
        beside = Card()
        self.side.addWidget(self.pane)
        self.side.addWidget(self.editor)
        beside.body.addWidget(self.side, 1)
        panes = row_of(self.list, beside, spacing=Space.M)
        panes.setStretch(0, 6)
        panes.setStretch(1, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        whole.setSpacing(Space.M)
        whole.addWidget(self.header)
        whole.addLayout(row_of(self.parts, None))
        whole.addLayout(panes, 1)

    def _connect(self) -> None:
        presenter, pane = self.presenter, self.pane
        presenter.changed.connect(self._show_lists)
        presenter.people_read.connect(self._show_people)
        presenter.choices_read.connect(lambda: self.editor.form.offer(presenter.services))
        presenter.contact_read.connect(pane.show_contact)
        presenter.saved.connect(self._on_saved)
        presenter.refused.connect(self.editor.show_error)
        presenter.link_read.connect(self.editor.show_link)
        self.write.clicked.connect(self.write_new)
        self.parts.chosen.connect(lambda key: self._show_part(Part(key)))
        self.list.chosen.connect(self._show_chosen)
        self.list.entered.connect(pane.enter)
        pane.read_asked.connect(self.read_chosen)
        pane.change_asked.connect(self.change_chosen)
        pane.end_asked.connect(self.end_chosen)
        pane.withdraw_asked.connect(self.withdraw_chosen)
        pane.training_asked.connect(self.record_training)
        pane.link_asked.connect(self._open_link)
        pane.copy_asked.connect(self._copy)
        pane.browser.link_asked.connect(self._follow)
        self.editor.given.connect(presenter.save)
        self.editor.left.connect(self._give_up_writing)
        self.editor.link_typed.connect(presenter.look_up)
        self.env.ticker.minute.connect(self._minute)
        for event in (AnnouncementsChanged, RosterChanged, DutyChanged, CatalogueChanged, SettingsChanged):
            self.refresh_on(event)

    # -- inside --------------------------------------------------------------------------------------

    def _minute(self) -> None:
        """Announcements begin and end, and the emergency number changes, without anybody's doing."""
        if self.isVisible():
            self.refresh()

    def _show_part(self, part: Part) -> None:
        self.parts.choose(part)
        self._show_lists()

    def _show_lists(self) -> None:
        presenter = self.presenter
        part = Part(self.parts.key)
        for each in (Part.NOW, Part.AHEAD):
            self.parts.set_count(each, len(presenter.part(each)))
        self.list.show_found(presenter.part(part), part, may_write=presenter.may_write)
        self._go_to_wanted()
        self._take_up()

    def _go_to_wanted(self) -> None:
        wanted, part = self._wanted, self.presenter.part_of(self._wanted)
        if not wanted or part is None:
            return
        self._wanted = 0
        if part != self.parts.key:
            self._show_part(part)
        self.list.table.go_to_id(wanted)

    def _take_up(self) -> None:
        """Go on with what was typed before the page was built anew."""
        typed, self._kept = self._kept, {}
        if typed:
            self._go_on(typed)

    def _go_on(self, typed: Mapping[str, Any]) -> None:
        base = typed.get("base")
        self._edit(self.presenter.one(base) if isinstance(base, int) else None)
        self.editor.take_back(typed)

    def _show_chosen(self, announcement_id: int) -> None:
        one = self.presenter.one(announcement_id)
        self.pane.show_one(one, self.ctx.clock.now())
        self.presenter.choose(announcement_id)
        if one is not None:
            self.pane.show_people(one, self.presenter.readings, self.presenter.preparations)

    def _show_people(self, readings: Any, preparations: Any) -> None:
        if self.chosen is not None:
            self.pane.show_people(self.chosen, readings, preparations)

    def _on_saved(self, announcement_id: int) -> None:
        self._wanted = announcement_id
        self._stop_writing()

    def _open_link(self, what: Link) -> None:
        one = self.chosen
        if one is not None and what is Link.ARTICLE and one.article is not None:
            self.env.shell.open("knowledge", {"id": int(one.article.id)})
        elif one is not None and what is Link.TICKET and one.ticket is not None:
            self.env.shell.open("ticket", {"id": int(one.ticket.id)})

    def _follow(self, url: QUrl) -> None:
        """Open a link outside, after asking: the text was written by somebody else."""
        asked = Question(_("Open this address?"), url.toString(), _("Open"), is_destructive=False)
        if self.env.dialogs.confirm(asked):
            QDesktopServices.openUrl(url)

    def _copy(self, name: str, number: str) -> None:
        QGuiApplication.clipboard().setText(number.replace(" ", ""))
        self.env.shell.say(_("Copied the number of {name}.").format(name=name), tone="info")
