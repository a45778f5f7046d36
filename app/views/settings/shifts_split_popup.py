"""From which date on other hours of a shift hold: asked before a new shift takes its place."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.views.base.i18n import _, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.days import DayEdit
from app.views.base.widgets.fields import Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup

_WIDTH = 460


class SplitPopup(Popup):
    """`chosen` tells the date; Esc and Cancel tell nothing."""

    chosen = Signal(object)  # date

    def __init__(self, window: QWidget, name: str, today: date) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("split-shift")
        self.setFixedWidth(min(_WIDTH, window.width() - 2 * Space.XL))
        first = QDate(today.year, today.month, today.day)
        following = today.replace(day=28)
        self.day = DayEdit("yyyy-MM-dd")
        self.day.setMinimumDate(first)
        # Hours usually change with a month.
        self.day.setDate(QDate(following.year, following.month, 1).addMonths(1))
        self.take = Button(_("Make the new shift"), ButtonKind.PRIMARY)
        cancel = Button(_("Cancel"))
        said = _(
            "A new shift gets what you typed, and every “{name}” planned from this date on. The old one holds"
            " to the day before: until then the desk plans and works by it. Undo takes all of it back."
        )
        self.body.addWidget(PlainLabel(_("New hours from a date on"), "record"))
        self.body.addWidget(PlainLabel(said.format(name=name), wrap=True))
        self.body.addWidget(Field(pgettext("period", "From"), self.day))
        self.body.addLayout(row_of(None, cancel, self.take))
        self.take.clicked.connect(self._take)
        cancel.clicked.connect(self.close_now)
        self.closed.connect(self.deleteLater)
        self.setFocusProxy(self.day)

    def open_centred(self) -> None:
        """Show the popup with the cursor in the date."""
        self.setFixedHeight(self.heightForWidth(self.width()))  # wrapped sentences need their lines
        super().open_centred()
        self.day.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take(self) -> None:
        day = self.day.date()
        self.close_now()
        self.chosen.emit(date(day.year(), day.month(), day.day()))
