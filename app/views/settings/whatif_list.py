"""The open tickets that an edit would change: what they are and when due, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.models.entities.whatif import OpenEffect, WhatIf
from app.views.base.columns import CellKind, Column, Look, Mark, PriorityLook, TextLook
from app.views.base.format import Format
from app.views.base.i18n import N_, _
from app.views.base.table import Table
from app.views.base.table_model import RowsModel
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.settings import whatif_words as words

_SIZE = (860, 520)


class OpenChangesPopup(Popup):
    """A table over the page. Arrows move, Enter opens the ticket, Esc goes back to the edit.

    With a `choice`, a button of that name applies what is in force to them and emits `chosen`.
    """

    opened = Signal(object)  # the ticket's id
    chosen = Signal()

    def __init__(
        self, window: QWidget, result: WhatIf, now: datetime, fmt: Format, *, choice: str = ""
    ) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("open_changes")
        self.model: RowsModel[OpenEffect] = RowsModel(_columns(now, fmt), self, id_of=attrgetter("ticket_id"))
        self.model.set_rows(result.open_changes)
        self.table = Table()
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Open tickets that would change"))
        self.table.opened.connect(self._open)
        self.table.sort_asked.connect(self._sort)
        kind = ButtonKind.DEFAULT if choice else ButtonKind.PRIMARY
        self.open = Button(_("Open the ticket"), kind, key="Enter")
        self.open.clicked.connect(lambda: self._open(self.table.current_id))
        self.apply = Button(choice, ButtonKind.PRIMARY) if choice else None
        if self.apply is not None:
            self.apply.clicked.connect(self._choose)
        self._build(words.listed(result, fmt))
        self.setFocusProxy(self.table)
        self.table.go_to_row(0)
        self.closed.connect(self.deleteLater)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.table.current_id)
        else:
            super().keyPressEvent(event)

    def _build(self, count: str) -> None:
        self.setFixedSize(
            min(_SIZE[0], self._window.width() - 2 * Space.XL),
            min(_SIZE[1], self._window.height() - 2 * Space.XL),
        )
        close = IconButton("x", _("Close"), key="Esc")
        close.clicked.connect(self.close_now)
        title = PlainLabel(_("Open tickets that would change"), "section")
        self.body.addLayout(row_of(title, PlainLabel(count, "muted"), None, close))
        self.body.addWidget(self.table, 1)
        if self.apply is None:
            note = PlainLabel(_("As it would be if the changes were applied to them now."), "small")
            self.body.addLayout(row_of(note, None, self.open))
            return
        note = PlainLabel(
            _("As it would be if what is in force were applied to them now. Time they have used stays used."),
            "small",
            wrap=True,
        )
        row = row_of(note, self.open, self.apply)
        row.setStretch(0, 1)
        self.body.addLayout(row)

    def _open(self, ticket_id: int | None) -> None:
        if ticket_id is not None:
            self.close_now()
            self.opened.emit(ticket_id)

    def _choose(self) -> None:
        self.close_now()
        self.chosen.emit()

    def _sort(self, key: str, descending: bool) -> None:
        self.model.sort_by(key, descending=descending)
        self.table.columns_header.show_sort(key, descending=descending)


def _columns(now: datetime, fmt: Format) -> Sequence[Column[OpenEffect]]:
    when = partial(words.due, now=now, fmt=fmt)
    return (
        Column(
            "number",
            N_("Number"),
            lambda each: f"#{each.number}",
            width=84,
            sort_value=lambda each: each.number,
        ),
        Column("subject", N_("Subject"), lambda each: each.subject, is_stretched=True),
        Column(
            "before",
            N_("Now"),
            lambda each: f"P{each.priority_before}",
            CellKind.PRIORITY,
            width=64,
            look=lambda each: PriorityLook(each.priority_before),
        ),
        Column(
            "after",
            N_("Then"),
            lambda each: f"P{each.priority_after}",
            CellKind.PRIORITY,
            width=64,
            look=lambda each: PriorityLook(each.priority_after),
        ),
        Column(
            "due_before",
            N_("Due now"),
            lambda each: when(each.due_before),
            width=112,
            sort_value=lambda each: each.due_before,
        ),
        Column(
            "due_after",
            N_("Due then"),
            lambda each: when(each.due_after),
            width=148,
            look=_late_look,
            hint=lambda each: _("becomes overdue") if each.becomes_overdue else "",
            sort_value=lambda each: each.due_after,
        ),
    )


def _late_look(effect: OpenEffect) -> Look | None:
    if not effect.becomes_overdue:
        return None
    return TextLook(is_strong=True, token="bad", badges=(Mark("triangle-alert", "bad"),))
