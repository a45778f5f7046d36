"""The list of announcements: what it is, its title, when it holds, and how many have read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.entities.announcements import Announcement, AnnouncementState
from app.views.announcements.announcements_presenter import Part
from app.views.base.announcement_words import LOOKS, kind_name, live_day, span
from app.views.base.columns import CellKind, Column, Mark, TextLook
from app.views.base.format import Format
from app.views.base.i18n import N_, _
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.widgets.cards import Card
from app.views.base.widgets.states import EmptyState


class AnnouncementsCard(Card):
    """One list at a time; Enter goes to the chosen one."""

    chosen = Signal(int)  # 0: none
    entered = Signal()

    def __init__(self, fmt: Format, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        self._format = fmt
        self._now = now
        self.rows: RowsModel[Announcement] = RowsModel(self._columns(), self)
        self.table = Table()
        self.table.setAccessibleName(_("Announcements"))
        self.table.setModel(self.rows)
        self.empty = EmptyState("megaphone", "", "")
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        self.empty.hide()
        self.table.current_changed.connect(lambda found: self.chosen.emit(found or 0))
        self.table.opened.connect(lambda _found: self.entered.emit())

    def show_found(self, found: Sequence[Announcement], part: Part, *, may_write: bool) -> None:
        """Show these; the chosen one stays chosen, else the first is."""
        had_focus = self.table.hasFocus()
        self.rows.set_rows(found)
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        if not found:
            title, text = self._nothing(part, may_write=may_write)
            self.empty.title.setText(title)
            self.empty.text.setText(text)
        elif self.table.current_id is None:
            self.table.go_to_row(0)
        if had_focus and found:
            self.table.setFocus()
        self.chosen.emit(self.table.current_id or 0 if found else 0)

    @staticmethod
    def _nothing(part: Part, *, may_write: bool) -> tuple[str, str]:
        if part is Part.NOW:
            how = _("Announce one with Alt+N.") if may_write else ""
            said = _("Faults, maintenance and new systems stand here while they concern callers.")
            return _("Nothing is announced now"), f"{said} {how}".strip()
        if part is Part.AHEAD:
            return _("Nothing is to come"), _("What begins later stands here until then.")
        return _("Nothing is over yet"), _("What ended or was withdrawn stays on record here.")

    def _columns(self) -> list[Column[Announcement]]:
        return [
            Column(
                "kind",
                N_("Kind"),
                kind_name,
                CellKind.STATUS,
                width=136,
                look=lambda one: Mark(*LOOKS[one.details.kind]),
                is_sortable=False,
            ),
            Column(
                "title",
                N_("Title"),
                lambda one: one.details.title,
                look=self._title_look,
                is_stretched=True,
                is_sortable=False,
                least_width=160,
            ),
            Column("when", N_("Period"), self._when, width=196, is_sortable=False),
            Column("read", N_("Read by"), _read, CellKind.NUMBER, width=64, is_sortable=False),
        ]

    @staticmethod
    def _title_look(one: Announcement) -> TextLook:
        is_over = one.state in {AnnouncementState.ENDED, AnnouncementState.WITHDRAWN}
        if one.is_unread and not is_over:
            return TextLook(is_strong=True, dot="accent")
        return TextLook(token="faint" if is_over else "text")

    def _when(self, one: Announcement) -> str:
        if one.state is AnnouncementState.WITHDRAWN:
            return _("withdrawn")
        return live_day(one, self._format) or span(one, self._format, self._now())


def _read(one: Announcement) -> str:
    return str(one.read_count) if one.details.must_read else "–"
