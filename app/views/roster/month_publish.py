"""The question before a month is published: what it lacks, what to know, who will be told, a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.models.entities.events import RosterChanged
from app.models.entities.roster import BrokenRule
from app.models.entities.roster_plan import PublishCheck
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster.commands import LONGEST_NOTE
from app.views.base.bridge import RefreshMark
from app.views.base.i18n import _
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
from app.views.roster.month_anyway import AnywayStep
from app.views.roster.month_presenter import MonthToPublish, PublishPresenter
from app.views.roster.month_says import MonthSays
from app.views.roster.roster_presenter import RosterPresenter

_SIZE = (680, 560)
_PAGES = ("forbidden", "warnings", "gaps", "ahead", "people")


class PublishPopup(Popup):
    """Asks before a month goes out. Ctrl+Enter publishes, Enter in a list goes to the cell, Esc closes.

    A month that lacks something is asked about once more; that question is answered with Tab and Enter.
    """

    asked = Signal(object)  # ListLine: where to go
    published = Signal(object, bool)  # Outcome, whether printed emergency cards are out of date

    def __init__(self, window: QWidget, ctx: Context, env: PageEnv, roster: RosterPresenter) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("publish")
        self._env = env
        self._today = roster.today
        self._month_name = roster.month_name()
        self.says = MonthSays(roster.words)
        self.presenter = PublishPresenter(ctx, env.tasks, roster.stretch.month, self)
        self.title = PlainLabel(_("Publish {month}").format(month=self._month_name), "section")
        self.about = PlainLabel("", wrap=True)
        self.standing = Notice("", tone="ok")
        self.pages = Segment(
            (
                Choice("forbidden", _("Forbidden"), 0),
                Choice("warnings", _("Warnings"), 0),
                Choice("gaps", _("Gaps"), 0),
                Choice("ahead", _("Next 30 days"), 0),
                Choice("people", _("Without shift, open"), 0),
            ),
            said=_("What to know before publishing"),
        )
        self.lists: Mapping[str, JumpList] = {
            "forbidden": JumpList(_("Broken rules that forbid")),
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
        self.first = QWidget()
        self.anyway = AnywayStep()
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
        elif event.key() == Qt.Key.Key_Escape and self.anyway.isVisible():
            self._go_back()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------

    def _build(self) -> None:
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        self.setAccessibleName(self.title.text())
        self.body.addLayout(row_of(self.title, None, close))
        self.body.addWidget(self.about)
        column = QVBoxLayout(self.first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.standing)
        column.addWidget(self.pages)
        for key in _PAGES:
            self.stack.addWidget(self.lists[key])
        column.addWidget(self.stack, 1)
        column.addWidget(Field(_("Note"), self.note, hint=_("kept with the version")))
        column.addLayout(row_of(None, self.cancel, self.act))
        self.body.addWidget(self.first, 1)
        self.body.addWidget(self.anyway, 1)
        self.anyway.hide()
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
        self.anyway.left.connect(self._go_back)
        self.anyway.agreed.connect(self._publish_anyway)
        self.anyway.list.asked.connect(self._jump)
        self.closed.connect(self.deleteLater)
        for each in self.lists.values():
            each.asked.connect(self._jump)
        RefreshMark(self, presenter.refresh).on(self._env.bridge, RosterChanged)

    def _publish(self) -> None:
        """Publish what lacks nothing; ask about the rest first. A second Ctrl+Enter answers nothing."""
        if not self.act.isEnabled() or self.anyway.isVisible():
            return
        if self.presenter.lacks:
            self.first.hide()
            self.anyway.show()
            self.anyway.ask()
        else:
            self.presenter.publish(self.note.text())

    def _publish_anyway(self) -> None:
        self.presenter.publish(self.note.text(), anyway=True)

    def _go_back(self) -> None:
        self.anyway.hide()
        self.first.show()
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, outcome: Outcome) -> None:
        self.close_now()
        self.published.emit(outcome, self.presenter.outdates_card(self._today))

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
        lacks = check.lacks
        is_ready = not any(shown.values()) and not lacks
        self.standing.setVisible(bool(lacks) or is_ready)
        if lacks:
            said = self.says.lacking(lacks)
            self.standing.say(said, tone="bad" if check.forbidden else "warn")
            self.anyway.say(lacks, said, self.says.lacks(told.board, lacks))
        elif is_ready:
            self.standing.say(_("No rule is broken, and nobody is missing."), tone="ok")
        self.act.say(self._what_it_does(check))
        is_same = self.presenter.is_unchanged
        self.act.wait_for(_("The month is published as it stands.") if is_same else "")

    def _what_it_does(self, check: PublishCheck) -> str:
        if check.lacks:
            return _("Publish changes…") if check.state.is_published else _("Publish…")
        return _("Publish changes") if check.state.is_published else _("Publish")

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

    def _jump(self, line: ListLine) -> None:
        if line.key is not None or line.violation is not None:
            self.close_now()
            self.asked.emit(line)
