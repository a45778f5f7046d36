"""Dated days as a table: those of a year, and those a country or a file would bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from app.services.base.names import name_in
from app.services.base.terms import term
from app.services.calendars.edits import DatedDay, DayChange
from app.views.base.format import Format
from app.views.base.i18n import _, current, ngettext, pgettext
from app.views.base.tokens import Size, Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Notice, row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.base.widgets.rows import TallRows
from app.views.settings.calendar_day_words import Names, name_of
from app.views.settings.calendar_week import weekday_name
from app.views.settings.calendar_words import day_words, hours_words

Index = QModelIndex | QPersistentModelIndex

_ROWS = 7
_ON = Qt.ItemDataRole.UserRole
_SIZE = (760, 520)


class DaysTable(QTreeView):
    """Rows of dates; `on` is the current one, and `went` tells when a person goes to another."""

    went = Signal(object)  # date

    def __init__(self, said: str, heads: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(said)
        self.setRootIsDecorated(False)
        self.setItemDelegate(TallRows(parent=self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self._heads = list(heads)
        self._is_filling = False
        self.rows = QStandardItemModel(self)
        self.setModel(self.rows)

    @property
    def on(self) -> date | None:
        """The current date, or None."""
        index = self.currentIndex()
        return index.siblingAtColumn(0).data(_ON) if index.isValid() else None

    def fill(self, rows: Sequence[tuple[date, Sequence[str]]], *, may_check: bool = False) -> None:
        """Show these rows; the current date stays current if it is still there."""
        kept = self.on
        self._is_filling = True
        self.rows.clear()
        self.rows.setHorizontalHeaderLabels(self._heads)
        for on, texts in rows:
            items = [QStandardItem(text) for text in texts]
            items[0].setData(on, _ON)
            if may_check:
                items[0].setCheckable(True)
                items[0].setCheckState(Qt.CheckState.Checked)
            self.rows.appendRow(items)
            if on == kept:
                self.setCurrentIndex(items[0].index())
        self._is_filling = False
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def currentChanged(self, now: Index, before: Index) -> None:
        super().currentChanged(now, before)
        if self.on is not None and not self._is_filling:
            self.went.emit(self.on)

    @property
    def checked(self) -> frozenset[date]:
        """The dates whose box is ticked."""
        items = (self.rows.item(row) for row in range(self.rows.rowCount()))
        return frozenset(item.data(_ON) for item in items if item.checkState() is Qt.CheckState.Checked)


class DaysList(DaysTable):
    """The dates of a year; Delete takes the current one out."""

    removed = Signal(object)  # date

    def __init__(self) -> None:
        heads = (_("Date"), _("Weekday"), _("Kind of day"), _("Hours"), pgettext("calendar", "Name"))
        super().__init__(_("Holidays and special days"), heads)
        self.setMinimumHeight(Size.ROW + _ROWS * Size.ROW_SIDE)

    def show_days(self, days: Sequence[DatedDay], names: Names, fmt: Format) -> None:
        """Show these dates; `names` are of those that the calendar does not name itself."""
        self.fill(
            [
                (
                    day.on,
                    (
                        fmt.day(day.on),
                        weekday_name(day.on.weekday()),
                        term(current.texts, day.day_type),
                        hours_words(day.windows),
                        name_of(day.on, day.day_type, day, names),
                    ),
                )
                for day in days
            ]
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on = self.on
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and on is not None:
            self.removed.emit(on)
        else:
            super().keyPressEvent(event)


class DaysPreview(Popup):
    """What would become other dates, before anything does: ticked rows are taken, the others stay."""

    taken = Signal(object)  # the DatedDays

    def __init__(
        self, window: QWidget, title: str, changes: Sequence[DayChange], fmt: Format, *, warning: str = ""
    ) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("days-preview")
        self._changes = changes
        heads = (_("Date"), _("Weekday"), _("So far"), _("Would be"), pgettext("calendar", "Name"))
        self.table = DaysTable(title, heads)
        self.take = Button("", ButtonKind.PRIMARY, icon="check")
        cancel = Button(_("Cancel"))
        close = IconButton("x", _("Close"), key="Esc")
        note = Notice(warning, tone="warn", parent=self)
        note.setVisible(bool(warning))
        self.setFixedSize(
            min(_SIZE[0], window.width() - 2 * Space.XL), min(_SIZE[1], window.height() - 2 * Space.XL)
        )
        self.body.addLayout(row_of(PlainLabel(title, "record"), None, close))
        self.body.addWidget(note)
        self.body.addWidget(self.table, 1)
        hint = PlainLabel(_("Space takes a tick away: that date stays as it is."), "small")
        self.body.addLayout(row_of(hint, None, cancel, self.take))
        self.table.fill([_row(change, fmt) for change in changes], may_check=True)
        self.table.rows.itemChanged.connect(lambda _item: self._count())
        cancel.clicked.connect(self.close_now)
        close.clicked.connect(self.close_now)
        self.take.clicked.connect(self._take)
        self.closed.connect(self.deleteLater)
        self._count()
        self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self.setFocusProxy(self.table)

    def _count(self) -> None:
        count = len(self.table.checked)
        self.take.say(ngettext("Take {n} date", "Take {n} dates", count).format(n=count))
        self.take.wait_for("" if count else _("Tick a date first."))

    def _take(self) -> None:
        wanted = self.table.checked
        days = [change.after for change in self._changes if change.after.on in wanted]
        self.close_now()
        self.taken.emit(days)


def _row(change: DayChange, fmt: Format) -> tuple[date, Sequence[str]]:
    day = change.after
    called = name_in(day.name or day.name_alt, day.name_alt, current.code)
    texts = (
        fmt.day(day.on),
        weekday_name(day.on.weekday()),
        day_words(change.before),
        day_words(day),
        called,
    )
    return day.on, texts
