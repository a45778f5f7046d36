"""Entering afterwards when somebody came to a shift and left it, with the reason (S4-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.models.entities.duty import Attendance
from app.models.entities.errors import BadInput, FirstlineError
from app.models.entities.ids import PersonId
from app.services.duty.rules import LONGEST_NOTE
from app.services.duty.typed_times import read_time
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.fields import Field
from app.views.base.widgets.labels import PlainLabel
from app.views.duty.popups import Asking


@dataclass(frozen=True, slots=True)
class ShiftOf:
    """The shift a correction is about, and what is known of its presence."""

    person_id: PersonId
    name: str
    on_date: date
    starts_at: datetime
    ends_at: datetime
    attendance: Attendance | None = None


class CorrectPopup(Asking):
    """Two times as one types them and why; it stays open until the correction was written."""

    given = Signal(
        object, object, object, str
    )  # ShiftOf, when they came or None, when they left or None, why

    def __init__(self, window: QWidget, fmt: Format) -> None:
        super().__init__(window, _("Correct the presence"), _("Write the correction"))
        self.setObjectName("correct_popup")
        self._format = fmt
        self._shift: ShiftOf | None = None
        self.came, self.left, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.reason.setMaxLength(LONGEST_NOTE)
        self.came_field, self.left_field = Field(_("Came at"), self.came), Field(_("Left at"), self.left)
        self.about = PlainLabel("", "muted", wrap=True)
        self.refusal = PlainLabel("", ink="bad", wrap=True)
        self.refusal.hide()
        times = QHBoxLayout()
        times.setSpacing(Space.M)
        times.addWidget(self.came_field, 1)
        times.addWidget(self.left_field, 1)
        self.body.addWidget(self.about)
        self.body.addLayout(times)
        self.body.addWidget(
            PlainLabel(
                _("A time as 07:58. Without a coming: was not there. Without a leaving: still there."),
                "small",
                wrap=True,
            )
        )
        self.body.addWidget(Field(_("Reason"), self.reason, required=True))
        self.body.addWidget(self.refusal)
        self.close_row()
        for line in (self.came, self.left, self.reason):
            line.textChanged.connect(self._typed)

    def ask(self, shift: ShiftOf) -> None:
        """Ask about one shift; what is known stands there already."""
        self._shift = shift
        fmt, known = self._format, shift.attendance
        self.title.setText(_("Correct the presence of {name}").format(name=shift.name))
        self.setAccessibleName(self.title.text())
        self.about.setText(
            _("Shift of {day}, {begin} to {end}").format(
                day=fmt.day(shift.on_date), begin=fmt.clock(shift.starts_at), end=fmt.clock(shift.ends_at)
            )
        )
        self.came.setText("" if known is None else fmt.clock(known.in_at))
        self.left.setText("" if known is None or known.out_at is None else fmt.clock(known.out_at))
        self.reason.clear()
        self._typed()
        self.open_centred()
        self.came.setFocus(Qt.FocusReason.PopupFocusReason)

    def confirm(self) -> None:
        """Hand the times on; whoever writes them closes the popup, or has it say why not."""
        shift, times = self._shift, self._times()
        if shift is not None and times is not None and self.act.isEnabled():
            self.given.emit(shift, *times, self.reason.text().strip())

    def refuse(self, error: Exception) -> None:
        """Say here why it was refused; what was typed stays."""
        if isinstance(error, FirstlineError):
            told = explain(error, self._format)
            self.refusal.setText(f"{told.happened} {told.advice}".strip())
            self.refusal.show()
            self.adjustSize()

    # -- inside --------------------------------------------------------------------------------------

    def _times(self) -> tuple[datetime | None, datetime | None] | None:
        """Return what was typed, each the one next to the shift's start or end; None: unreadable."""
        shift = self._shift
        if shift is None:
            return None
        try:
            came, left = (
                read_time(line.text(), near, self._format.zone) if line.text().strip() else None
                for line, near in ((self.came, shift.starts_at), (self.left, shift.ends_at))
            )
        except BadInput:
            return None
        return came, left

    def _typed(self) -> None:
        """Say at each line which moment was understood."""
        times, fmt = self._times(), self._format
        self.refusal.hide()
        for field, at in zip((self.came_field, self.left_field), times or (None, None), strict=True):
            field.set_hint("" if at is None else f"{fmt.day(fmt.local(at).date())} {fmt.clock(at)}")
        reason = ""
        if times is None:
            reason = _("A time is written as 07:58.")
        elif times[0] is None and times[1] is not None:
            reason = _("Write when they came as well.")
        elif not self.reason.text().strip():
            reason = _("Write the reason first.")
        self.act.wait_for(reason)
