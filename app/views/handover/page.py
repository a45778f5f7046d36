"""The handover page: the sheet with both signatures, the book, opportunities, what all must read. Wiring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.models.entities.errors import FirstlineError
from app.models.entities.events import (
    HandoverChanged,
    KnowledgeChanged,
    OpportunitiesChanged,
    RosterChanged,
)
from app.models.entities.handover import BookEntry, HandoverState
from app.services.base.context import Context
from app.views.base.actions import Action, ActionSet
from app.views.base.bridge import RefreshMark
from app.views.base.i18n import _
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import ButtonKind, IconButton
from app.views.base.widgets.cards import PageHeader
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.switches import Choice, Segment
from app.views.handover.book_view import BookView
from app.views.handover.handover_presenter import Entry, HandoverPresenter
from app.views.handover.line_words import countdown, shift_title
from app.views.handover.list_wiring import wire_lists
from app.views.handover.lists_presenter import ListsPresenter
from app.views.handover.must_read_view import MustReadView
from app.views.handover.opportunities_view import OpportunitiesView
from app.views.handover.page_actions import line_actions, page_actions
from app.views.handover.popups import HandoverPopups, sentence
from app.views.handover.sheet_view import SheetView

SHEET, BOOK, OPPORTUNITIES, MUST_READ = "sheet", "book", "opportunities", "must_read"
_STATE_TONES = {HandoverState.DRAFT: "", HandoverState.SIGNED_OUT: "warn", HandoverState.CLOSED: "ok"}


class HandoverPage(Page):
    """Two leaders hand a shift over.

    Target: `{"show": "sheet", "book", "opportunities" or "must_read"}`, `{"day": ISO date, "shift": code}`
    for the sheet of that shift, `{"note": text, "ticket": ticket id, "number": its number as shown}` to note
    an opportunity.
    """

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.setObjectName("handover")
        self.presenter = HandoverPresenter(ctx, env, self)
        self.lists = ListsPresenter(ctx, env, self)
        self.header = PageHeader(_("Handover"))
        self.state = Pill("")
        self.time = Pill("")
        self.parts = Segment(self._choices(), said=_("Part of the page"))
        self.paper = IconButton("printer", _("Open the paper"), key="Ctrl+P")
        self.pin = IconButton("key-round", _("PIN for signing"))
        self.earlier = IconButton("chevron-left", _("The shift before"), ButtonKind.DEFAULT, key="Alt+Left")
        self.later = IconButton("chevron-right", _("The shift after"), ButtonKind.DEFAULT, key="Alt+Right")
        self.again = IconButton("refresh-cw", _("Look for new facts"), key="F5")
        self.sheet = SheetView(self.presenter)
        self.book = BookView(self.presenter.words)
        self.opportunities = OpportunitiesView(self.presenter.words)
        self.must_read = MustReadView()
        self.stack = QStackedWidget()
        self.popups = HandoverPopups(ctx, env, self.presenter, self)
        self._build()
        self._connect()
        self.of_lines = ActionSet(self.sheet.lines, line_actions(self), ctx.actor.may)
        self.action_set = ActionSet(self, page_actions(self), ctx.actor.may)
        self._show_part(SHEET)

    # -- what the window asks ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the part that is shown again."""
        self._parts()[self.parts.key][2]()

    def show_target(self, target: Target) -> None:
        """See the class."""
        if target.get("show") in {choice.key for choice in self._choices()}:
            self._show_part(str(target["show"]))
        if target.get("day") and target.get("shift"):
            try:
                day = date.fromisoformat(str(target["day"]))
            except ValueError:  # made by another version of the program
                return
            self._show_part(SHEET)
            self.presenter.show_shift(day, str(target["shift"]))
        if "note" in target and self.lists.may_note:
            self._show_part(OPPORTUNITIES)
            self.opportunities.text.setText(str(target["note"]))
            ticket = target.get("ticket")
            self.opportunities.begin(int(ticket) if ticket else None, str(target.get("number", "")))

    def save_state(self) -> dict[str, Any]:
        """Keep the part shown and what was typed to lines."""
        typed = [[line, entry.value, text] for (line, entry), text in self.sheet.pane.typed.items()]
        return {"part": self.parts.key, "typed": typed, "opportunity": self.opportunities.text.text()}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Take back what `save_state` returned."""
        if state.get("part") in {choice.key for choice in self._choices()}:
            self._show_part(str(state["part"]))
        entries = set(Entry)
        self.sheet.pane.take_typed(
            {
                (int(line), Entry(entry)): str(text)
                for line, entry, text in state.get("typed", ())
                if entry in entries
            }
        )
        self.opportunities.text.setText(str(state.get("opportunity", "")))

    @property
    def actions_shown(self) -> tuple[Action, ...]:
        """The page's actions and those of its lines."""
        return (*super().actions_shown, *self.of_lines.actions)

    def focus_search(self) -> None:
        """Go to the book and its search field."""
        self._show_part(BOOK)
        self.book.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cycle_panes(self) -> None:
        """Go from the list to what is written, and back."""
        part = self.stack.currentWidget()
        if part is self.sheet and self.sheet.lines.hasFocus() and self.presenter.may_write:
            self.sheet.pane.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._list_shown().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close what asks for a secret."""
        self.popups.close()

    # -- building ------------------------------------------------------------------------------------

    def _choices(self) -> list[Choice]:
        choices = [Choice(SHEET, _("Sheet")), Choice(BOOK, _("Book"))]
        if self.lists.may_note:
            choices.append(Choice(OPPORTUNITIES, _("Opportunities")))
        if self.lists.may_read_articles:
            choices.append(Choice(MUST_READ, _("Must read")))
        return choices

    def _build(self) -> None:
        for widget in (
            self.earlier,
            self.later,
            self.state,
            self.time,
            self.parts,
            self.again,
            self.paper,
            self.pin,
        ):
            self.header.buttons.addWidget(widget)
        for part in (self.sheet, self.book, self.opportunities, self.must_read):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        column.setSpacing(Space.M)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.sheet.lines)

    def _connect(self) -> None:
        presenter, lists = self.presenter, self.lists
        presenter.sheet_changed.connect(self._show_sheet)
        presenter.failed.connect(self._failed)
        presenter.written.connect(self.sheet.pane.forget_typed)
        self.sheet.sign_asked.connect(self.popups.ask_signature)
        self.sheet.again_asked.connect(presenter.refresh)
        self.sheet.lines.entered.connect(self._open_line)
        self.sheet.pane.write_asked.connect(presenter.write)
        self.sheet.pane.tick_asked.connect(presenter.toggle)
        self.sheet.pane.open_asked.connect(self._open_line)
        self.sheet.pane.left.connect(self.sheet.lines.setFocus)
        wire_lists(self)
        self.parts.chosen.connect(self.show_part)
        self.paper.clicked.connect(self.open_paper)
        self.pin.clicked.connect(self.popups.ask_pin)
        self.again.clicked.connect(self.refresh)
        self.earlier.clicked.connect(lambda: presenter.step(-1))
        self.later.clicked.connect(lambda: presenter.step(1))
        self.env.ticker.minute.connect(self._minute)
        bridge = self.env.bridge
        RefreshMark(self, presenter.reread).on(bridge, HandoverChanged)
        RefreshMark(self, presenter.reread).on(bridge, RosterChanged)
        RefreshMark(self, lists.refresh_opportunities).on(bridge, OpportunitiesChanged)
        RefreshMark(self, lists.refresh_articles).on(bridge, KnowledgeChanged)
        RefreshMark(self, lists.refresh_book).on(bridge, HandoverChanged)

    # -- what a person does --------------------------------------------------------------------------

    def open_paper(self) -> None:
        """Open the paper of the sheet shown: frozen where it is closed, else a draft."""
        handover = self.presenter.handover
        if handover is not None:
            self._open_report(handover.shift.on_date, handover.shift.template.code)

    # -- inside --------------------------------------------------------------------------------------

    def show_part(self, part: str) -> None:
        """Show a part, read it again and go into it."""
        self._show_part(part)
        self._parts()[part][2]()
        self._list_shown().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_part(self, part: str) -> None:
        self.parts.choose(part)
        self.stack.setCurrentWidget(self._parts()[part][0])
        is_sheet = part == SHEET
        for widget in (self.paper, self.pin, self.again, self.state, self.time, self.earlier, self.later):
            widget.setVisible(is_sheet)
        self.pin.setVisible(is_sheet and self.presenter.may_write)
        self._show_head()

    def _parts(self) -> dict[str, tuple[QWidget, QWidget, Callable[[], None]]]:
        """Return each part's view, its list, and what reads it again."""
        lists, presenter = self.lists, self.presenter
        return {
            SHEET: (self.sheet, self.sheet.lines, presenter.refresh),
            BOOK: (self.book, self.book.list, lists.refresh_book),
            OPPORTUNITIES: (self.opportunities, self.opportunities.list, lists.refresh_opportunities),
            MUST_READ: (self.must_read, self.must_read.list, lists.refresh_articles),
        }

    def _list_shown(self) -> QWidget:
        return self._parts()[self.parts.key][1]

    def show_present(self) -> None:
        """Show the sheet that is to be signed next."""
        self._show_part(SHEET)
        self.presenter.show_present()
        self.sheet.lines.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_sheet(self) -> None:
        self.sheet.show_sheet(self.ctx.clock.now())
        self._show_head()
        if self.action_set is not None:
            self.action_set.refresh()

    def _show_head(self) -> None:
        handover, shift = self.presenter.handover, self.presenter.shift
        is_sheet = self.parts.key == SHEET
        self.header.note.setText(
            shift_title(self.presenter.words, shift) if shift is not None and is_sheet else ""
        )
        self.state.setVisible(is_sheet and handover is not None)
        self.time.setVisible(is_sheet and shift is not None)
        self.paper.wait_for("" if handover is not None else _("The sheet is not written yet."))
        if handover is not None:
            self.state.say(self.presenter.words.state(handover.state), _STATE_TONES[handover.state])
        is_closed = handover is not None and handover.state is HandoverState.CLOSED
        if shift is None or is_closed:
            self.time.hide()
            return
        now = self.ctx.clock.now()
        length = self.env.format.duration(abs(shift.ends_at - now))
        self.time.say(*countdown(self.presenter.words, shift.ends_at, now, length), "clock")

    def _minute(self) -> None:
        if self.isVisible() and self.parts.key == SHEET:
            self.presenter.refresh()

    def _failed(self, error: Exception) -> None:
        self.env.shell.failed(error)
        if isinstance(error, FirstlineError):
            self.sheet.show_failure(sentence(error, self.env))

    def _open_line(self, line_id: int) -> None:
        line = self.presenter.line(line_id)
        if line is not None and line.ticket_id is not None:
            self.open_ticket(line.ticket_id)
        elif line is not None and line.announcement_id is not None:
            self.env.shell.open("announcements", {"id": line.announcement_id})

    def open_ticket(self, ticket_id: int) -> None:
        """Show a ticket."""
        self.env.shell.open("ticket", {"id": ticket_id})

    def open_entry(self, entry: BookEntry) -> None:
        """Show the paper of a closed handover, the sheet of one that is not."""
        if entry.state is HandoverState.CLOSED:
            self._open_report(entry.on_date, entry.shift_code)
        else:
            self._show_part(SHEET)
            self.presenter.show_shift(entry.on_date, entry.shift_code)

    def _open_report(self, on: date, code: str) -> None:
        self.env.shell.open("reports", {"report": "handover", "day": on.isoformat(), "shift": code})
