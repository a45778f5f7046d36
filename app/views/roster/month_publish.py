"""The question before a month is published: what keeps it, what to know, who will be told, a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from app.models.entities.events import RosterChanged
from app.models.entities.roster import BrokenRule
from app.models.entities.roster_plan import PublishCheck
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster.commands import LONGEST_NOTE
from app.views.base.bridge import RefreshMark
from app.views.base.i18n import _, ngettext
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Notice, row_of
from app.views.base.widgets.fields import Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.switches import Choice, Segment
from app.views.roster.filling_parts import JumpList
from app.views.roster.filling_says import ListLine
from app.views.roster.month_presenter import MonthToPublish, PublishPresenter
from app.views.roster.month_says import MonthSays
from app.views.roster.roster_presenter import RosterPresenter

_SIZE = (680, 560)
_PAGES = ("forbidden", "warnings", "gaps", "ahead", "people")


class PublishPopup(Popup):
    """Asks before a month goes out. Ctrl+Enter publishes, Enter in a list goes to the cell, Esc closes."""

    asked = Signal(object)  # ListLine: where to go
    published = Signal(object)  # Outcome

    def __init__(self, window: QWidget, ctx: Context, env: PageEnv, roster: RosterPresenter) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("publish")
        self._env = env
        self._month_name = roster.month_name()
        self.says = MonthSays(roster.words)
        self.presenter = PublishPresenter(ctx, env.tasks, roster.stretch.month, self)
        self.title = PlainLabel(_("Publish {month}").format(month=self._month_name), "section")
        self.about = PlainLabel("", wrap=True)
        self.standing = Notice("", tone="ok")
        self.pages = Segment(
            (
                Choice("forbidden", _("Keeps it back"), 0),
                Choice("warnings", _("Warnings"), 0),
                Choice("gaps", _("Gaps"), 0),
                Choice("ahead", _("Next 30 days"), 0),
                Choice("people", _("Without shift, open"), 0),
            ),
            said=_("What to know before publishing"),
        )
        self.lists: Mapping[str, JumpList] = {
            "forbidden": JumpList(_("What keeps the month from being published")),
            "warnings": JumpList(_("Warnings")),
            "gaps": JumpList(_("Gaps of the month")),
            "ahead": JumpList(_("Gaps of the next 30 days")),
            "people": JumpList(_("People without a shift, and requests nobody answered")),
        }
        self.stack = QStackedWidget()
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_NOTE)
        self.cancel = Button(_("Cancel"), key="Esc")
        self.act = Button(_("Publish"), ButtonKind.PRIMARY, icon="send", key="Ctrl+Enter")
        self._is_first = True
        self._build()
        self._connect()

    def show_popup(self) -> None:
        """Read what there is to know, and ask in the middle of the window."""
        self.setFixedSize(
            min(_SIZE[0], self._window.width() - 2 * Space.L),
            min(_SIZE[1], self._window.height() - 2 * Space.L),
        )
        self.open_centred()
        self.note.setFocus(Qt.FocusReason.PopupFocusReason)
        self.presenter.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_control:
            self._publish()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------

    def _build(self) -> None:
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        self.setAccessibleName(self.title.text())
        self.body.addLayout(row_of(self.title, None, close))
        self.body.addWidget(self.about)
        self.body.addWidget(self.standing)
        self.body.addWidget(self.pages)
        for key in _PAGES:
            self.stack.addWidget(self.lists[key])
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(Field(_("Note"), self.note, hint=_("kept with the version")))
        self.body.addLayout(row_of(None, self.cancel, self.act))
        self.standing.hide()
        self.act.wait_for(_("The roster is being read"))

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed.connect(self._show)
        presenter.done.connect(self._done)
        presenter.failed.connect(self._env.shell.failed)
        self.pages.chosen.connect(self._show_page)
        self.cancel.clicked.connect(self.close_now)
        self.act.clicked.connect(self._publish)
        self.closed.connect(self.deleteLater)
        for each in self.lists.values():
            each.asked.connect(self._jump)
        RefreshMark(self, presenter.refresh).on(self._env.bridge, RosterChanged)

    def _publish(self) -> None:
        if self.act.isEnabled():
            self.presenter.publish(self.note.text())

    def _done(self, outcome: Outcome) -> None:
        self.close_now()
        self.published.emit(outcome)

    def _show_page(self, key: str) -> None:
        self.stack.setCurrentWidget(self.lists[key])

    def _show(self) -> None:
        told = self.presenter.told
        if told is None:
            return
        check = told.check
        self.title.setText(self.says.publish_title(check.state, self._month_name))
        self.about.setText(self.says.who_is_told(check))
        shown = self._lines(told)
        for key, lines in shown.items():
            self.lists[key].show_lines(lines or [ListLine(_("Nothing."))])
            self.pages.set_count(key, len(lines))
        if self._is_first:  # what is looked at stays when the roster is read again
            self._is_first = False
            key = next((each for each in _PAGES if shown[each]), _PAGES[0])
            self.pages.choose(key)
            self._show_page(key)
        is_ready = not any(shown.values())
        self.standing.setVisible(bool(check.forbidden) or is_ready)
        if check.forbidden:
            count = len(check.forbidden)
            words = ngettext(
                "{n} broken rule keeps the month from being published. Enter goes to its cell.",
                "{n} broken rules keep the month from being published. Enter goes to their cells.",
                count,
            )
            self.standing.say(words.format(n=count), tone="bad")
        elif is_ready:
            self.standing.say(_("No rule is broken, and nobody is missing."), tone="ok")
        self.act.say(_("Publish changes") if check.state.is_published else _("Publish"))
        self.act.wait_for(self._why_not(check))

    def _lines(self, told: MonthToPublish) -> dict[str, Sequence[ListLine]]:
        says, board, check = self.says, told.board, told.check
        warnings = [one for one in check.warnings if one.rule is not BrokenRule.GAP]  # told as gaps
        return {
            "forbidden": says.broken(board, check.forbidden),
            "warnings": says.broken(board, warnings),
            "gaps": says.gaps(board, check.gaps),
            "ahead": says.gaps(board, check.gaps_ahead),
            "people": says.without(board, check),
        }

    def _why_not(self, check: PublishCheck) -> str:
        if check.forbidden:
            return _("Mend what keeps the month back first.")
        state = check.state
        if state.is_published and state.version is not None and not state.changes:
            return _("The month is published as it stands.")
        return ""

    def _jump(self, line: ListLine) -> None:
        if line.key is not None or line.violation is not None:
            self.close_now()
            self.asked.emit(line)
