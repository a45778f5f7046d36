"""The desk page: today at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.announcements import Announcement
from app.models.entities.events import (
    AnnouncementsChanged,
    DutyChanged,
    HandoverChanged,
    RosterChanged,
    SettingsChanged,
    ShiftNotesChanged,
    TicketsChanged,
)
from app.models.entities.reports import ReportId
from app.models.entities.roster import ShiftNote
from app.models.entities.tickets import TicketRow
from app.services.base.context import Context
from app.views.base.actions import Action, ActionSet
from app.views.base.bridge import RefreshMark
from app.views.base.i18n import N_, _
from app.views.base.pages import Page, PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import PageHeader
from app.views.desk.announcements_card import AnnouncementsCard
from app.views.desk.duty import Coverage, hours_since
from app.views.desk.duty_cards import CoverageCard, DutyCard
from app.views.desk.figure_tile import FigureTile
from app.views.desk.figures import Figure
from app.views.desk.handover_notice import HandoverNotice
from app.views.desk.notes_card import NotesCard
from app.views.desk.presenter import ALL_OPEN, DeskPresenter, QueuePart
from app.views.desk.rows import TicketCells
from app.views.desk.ticket_cards import BreachesCard, QueueCard

_SIDE_WIDTH = 392
_TILES = 4
_UNASSIGNED = "status:open assignee:none"


class DeskPage(Page):
    """What a shift needs to know now. It understands no targets."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.presenter = DeskPresenter(ctx, env, self)
        cells = TicketCells(env.format, ctx.clock.now)
        self.header = PageHeader(_("Desk"))
        self.handover = HandoverNotice(env.format)
        self.print = Button(_("Print the shift report"), icon="printer", key="Ctrl+P")
        self.tiles = [FigureTile() for _number in range(_TILES)]
        self.queue = QueueCard(cells)
        self.breaches = BreachesCard(cells)
        self.coverage = CoverageCard()
        self.duty = DutyCard()
        self.announced = AnnouncementsCard(env.format, is_somebody=ctx.actor.person_id is not None)
        self.notes = NotesCard(env.format, may_write=ctx.actor.may("handover.write"))
        self._arrange()
        self._connect()
        self._hear()
        self.action_set = ActionSet(self, self._actions(), ctx.actor.may)
        self.setFocusProxy(self.queue.table)
        self._tick()

    # --- what the window asks ----------------------------------------------------------------------

    def refresh(self) -> None:
        """See `Page.refresh`."""
        self.presenter.refresh()
        self._tick()

    def save_state(self) -> dict[str, Any]:
        """See `Page.save_state`."""
        return {"part": self.presenter.part, "note": self.notes.typed}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """See `Page.restore_state`."""
        if state.get("part") in set(QueuePart):
            self.presenter.part = QueuePart(str(state["part"]))
            self.queue.parts.choose(self.presenter.part)
        if isinstance(state.get("note"), str):
            self.notes.type(state["note"])

    def cycle_panes(self) -> None:
        """See `Page.cycle_panes`."""
        panes: list[QWidget] = [self.queue.table, self.breaches.table, self.notes.text]
        at = next((n for n, pane in enumerate(panes) if pane.hasFocus()), -1)
        panes[(at + 1) % len(panes)].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the new height."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Let the queue be as tall as leaves room for what breaches next."""
        others = self.header.sizeHint().height() + self.tiles[0].sizeHint().height()
        others += self.breaches.sizeHint().height() + 4 * Space.L + Space.M  # margins and gaps
        self.queue.give_room(self.height() - others)

    # --- building ----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.header.buttons.addWidget(self.print)
        self.print.setVisible(self.ctx.actor.may("reports.read"))
        tiles = QHBoxLayout()
        tiles.setSpacing(Space.M)
        for tile in self.tiles:
            tiles.addWidget(tile)
        left = QVBoxLayout()
        left.setSpacing(Space.L)
        left.addLayout(tiles)
        left.addWidget(self.queue)
        left.addWidget(self.breaches)
        left.addStretch(1)
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDTH)
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(Space.L)
        right.addWidget(self.coverage)
        right.addWidget(self.announced)
        right.addWidget(self.duty)
        right.addWidget(self.notes)
        right.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(Space.L)
        columns.addLayout(left, 1)
        columns.addWidget(side)
        if not self.ctx.actor.may("roster.read"):
            side.hide()  # showing a part without a parent would open a window
        inner = QWidget()
        inner.setProperty("scrolled", True)
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        whole.setSpacing(Space.M)
        whole.addWidget(self.header)
        whole.addWidget(self.handover)
        whole.addLayout(columns, 1)
        self.body = QScrollArea()
        self.body.setWidgetResizable(True)
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.body)

    def _connect(self) -> None:
        presenter, shell = self.presenter, self.env.shell
        presenter.queue_changed.connect(self.queue.show_rows)
        presenter.breaches_read.connect(self._show_breaches)
        presenter.figures_read.connect(self._show_figures)
        presenter.coverage_read.connect(self._show_coverage)
        presenter.duty_read.connect(self.duty.show_lines)
        presenter.announced_read.connect(self._show_announced)
        presenter.contact_read.connect(self.announced.show_contact)
        presenter.read_refused.connect(self.announced.forget)
        presenter.notes_read.connect(self._show_notes)
        presenter.standing_read.connect(self.handover.show_standing)
        self.handover.opened.connect(lambda: shell.open("handover", {"show": "sheet"}))
        presenter.note_left.connect(self.notes.clear_text)
        presenter.note_refused.connect(self.notes.forget)
        self.queue.part_chosen.connect(presenter.show_part)
        self.queue.ticket_asked.connect(self._open_ticket)
        self.queue.unassigned_asked.connect(partial(self._list, _UNASSIGNED))
        self.breaches.ticket_asked.connect(self._open_ticket)
        self.breaches.list_asked.connect(partial(self._list, ALL_OPEN))
        self.coverage.roster_asked.connect(lambda: shell.open("roster"))
        self.duty.copied.connect(self._copy)
        self.announced.copied.connect(self._copy)
        self.announced.opened.connect(lambda one: shell.open("announcements", {"id": one} if one else {}))
        self.announced.read_asked.connect(presenter.mark_announcement)
        self.notes.note_given.connect(presenter.leave_note)
        self.notes.note_marked.connect(lambda note_id: presenter.mark_note(note_id, is_done=True))
        self.print.clicked.connect(self.print_shift)
        for tile in self.tiles:
            tile.clicked.connect(partial(self._list_behind, tile))
        self.env.ticker.minute.connect(self._minute)

    def _hear(self) -> None:
        """Each part is read again on its own: a note must not cost twenty queries."""
        bridge = self.env.bridge
        RefreshMark(self, self.presenter.refresh_tickets).on(bridge, TicketsChanged)
        RefreshMark(self, self.presenter.refresh_roster).on(bridge, RosterChanged)
        RefreshMark(self, self.presenter.refresh_notes).on(bridge, ShiftNotesChanged)
        RefreshMark(self, self.presenter.refresh_announced).on(bridge, AnnouncementsChanged)
        RefreshMark(self, self.presenter.refresh_announced).on(bridge, DutyChanged)
        RefreshMark(self, self.presenter.refresh_announced).on(bridge, RosterChanged)
        RefreshMark(self, self.presenter.refresh_handover).on(bridge, HandoverChanged)
        RefreshMark(self, self.presenter.refresh_handover).on(bridge, RosterChanged)
        self.refresh_on(SettingsChanged)

    def _actions(self) -> list[Action]:
        return [
            Action(
                "desk.print",
                N_("Print the shift report"),
                self.print_shift,
                "printer",
                "Ctrl+P",
                "reports.read",
            ),
            Action(
                "desk.note",
                N_("Leave a note for the next shift"),
                self.notes.text.setFocus,
                "pencil",
                "Alt+N",
                "handover.write",
            ),
            Action("desk.queue", N_("Go to my queue"), self.queue.table.setFocus, "inbox", "Alt+Q"),
        ]

    # --- inside ------------------------------------------------------------------------------------

    def print_shift(self) -> None:
        """Open the report of the running shift, ready to be printed or saved."""
        target: dict[str, Any] = {"report": ReportId.SHIFT.value}
        shift = self.presenter.shift
        if shift is not None:
            target |= {"day": shift.on_date.isoformat(), "shift": shift.template.code}
        self.env.shell.open("reports", target)

    def _tick(self) -> None:
        now = self.ctx.clock.now()
        fmt = self.env.format
        day = fmt.day(fmt.local(now).date(), "full")
        self.header.note.setText(f"{day} · {fmt.clock(now)}")

    def _minute(self) -> None:
        """Shifts begin and end, and promises break, without anybody changing a record."""
        self._tick()
        if self.isVisible():
            self.presenter.refresh()

    def _show_coverage(self, coverage: Coverage) -> None:
        now = hours_since(coverage.on, self.ctx.clock.now(), self.env.format)
        self.coverage.show_coverage(coverage, now)

    def _show_notes(self, notes: list[ShiftNote]) -> None:
        self.notes.show_notes(notes, self.ctx.clock.now())

    def _show_announced(self, found: list[Announcement]) -> None:
        self.announced.show_found(found, self.ctx.clock.now())

    def _show_breaches(self, rows: list[TicketRow]) -> None:
        self.breaches.show_rows(rows)
        self._give_room()

    def _show_figures(self, figures: list[Figure]) -> None:
        for tile, figure in zip(self.tiles, figures, strict=True):
            tile.show_figure(figure)

    def _list_behind(self, tile: FigureTile) -> None:
        if tile.figure is not None:
            self._list(tile.figure.query)

    def _list(self, query: str) -> None:
        self.env.shell.open("tickets", {"query": query})

    def _open_ticket(self, ticket_id: int) -> None:
        self.env.shell.open("ticket", {"id": ticket_id})

    def _copy(self, name: str, number: str) -> None:
        QGuiApplication.clipboard().setText(number.replace(" ", ""))
        self.env.shell.say(_("Copied the number of {name}.").format(name=name), tone="info")
