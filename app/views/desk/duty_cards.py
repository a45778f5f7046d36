"""Who works when today, and who is on duty now with the number to dial."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.views.base.i18n import _, ngettext
from app.views.base.tokens import Size, Space
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.gantt import GanttStrip
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, set_tip
from app.views.base.widgets.painted import IconSpot
from app.views.desk.duty import Coverage, DutyLine

_ABREAST = 2


class CoverageCard(Card):
    """Bars of today's shifts with the line of now; gaps are dashed, and counted at the top."""

    roster_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Shift coverage"), parent=parent)
        self.gaps = Pill("", "bad", icon="triangle-alert")
        self.open = Button(_("Roster"), ButtonKind.LINK, small=True)
        self.head.addWidget(self.gaps)
        self.head.addWidget(self.open)
        self.strip = GanttStrip(said=_("Shift coverage"))
        self.empty = PlainLabel(_("Nobody is on the roster today."), "muted", wrap=True)
        self.body.addWidget(self.strip)
        self.body.addWidget(self.empty)
        self.gaps.hide()
        self.empty.hide()
        self._shown: Coverage | None = None
        self.open.clicked.connect(self.roster_asked)

    def show_coverage(self, coverage: Coverage, now: float) -> None:
        """Show a day's strip; `now` is in hours since its midnight."""
        self._shown = coverage
        text = ngettext("{count} gap today", "{count} gaps today", coverage.gaps)
        self.gaps.say(text.format(count=coverage.gaps), "bad")
        self.gaps.setVisible(bool(coverage.gaps))
        self.strip.setVisible(bool(coverage.rows))
        self.empty.setVisible(not coverage.rows)
        self.strip.show_rows(coverage.rows, coverage.start, coverage.end, now)

    @property
    def shown(self) -> Coverage | None:
        """The day that is shown."""
        return self._shown


class DutyCard(Card):
    """Who is on duty now. A click on a number copies it."""

    copied = Signal(str, str)  # name, number

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("On duty now"), parent=parent)
        self._host = QWidget()
        self._lines: tuple[DutyLine, ...] | None = None
        self.body.addWidget(self._host)

    def show_lines(self, lines: Sequence[DutyLine]) -> None:
        """Show these people; those already shown stay, and with them the focus."""
        if self._lines == tuple(lines):
            return
        self._lines = tuple(lines)
        self.set_note(str(len(lines)) if lines else "")
        self._host.hide()
        self.body.removeWidget(self._host)
        self._host.deleteLater()
        self._host = QWidget()
        self._column = QVBoxLayout(self._host)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        leaders = [line for line in lines if line.is_supervisor]
        for line in leaders:
            self._column.addLayout(self._leader(line))
        if not leaders:
            self._column.addWidget(PlainLabel(_("No duty supervisor is named for this shift."), ink="warn"))
        others = QGridLayout()
        others.setHorizontalSpacing(Space.M)
        others.setVerticalSpacing(0)
        for number, line in enumerate(each for each in lines if not each.is_supervisor):
            others.addLayout(self._line(line), number // _ABREAST, number % _ABREAST)
        for column in range(_ABREAST):
            others.setColumnStretch(column, 1)
        self._column.addLayout(others)
        self.body.addWidget(self._host)

    def _leader(self, line: DutyLine) -> QHBoxLayout:
        """The duty supervisor: who it is, and the number for emergencies."""
        name = PlainLabel(line.name, "strong")
        set_tip(name, f"{line.name}\n{_shift_text(line)}")
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(Avatar(line.name, Size.AVATAR))
        row.addWidget(name)
        role = ElidedLabel(line.away or line.role, "muted")
        role.set_ink("warn" if line.away else "")
        row.addWidget(role, 1)
        row.addWidget(self._number(line))
        return row

    def _line(self, line: DutyLine) -> QHBoxLayout:
        """One of the others; what they do stands in the strip above and in the tip."""
        name = ElidedLabel(line.name)
        name.set_ink("warn" if line.away else "")
        set_tip(name, f"{line.name}\n{_shift_text(line)}")
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(Avatar(line.name, Size.AVATAR))
        row.addWidget(name, 1)
        if line.away:
            row.addWidget(IconSpot("clock", "warn", Size.ICON_SMALL))
        row.addWidget(self._number(line))
        return row

    def _number(self, line: DutyLine) -> Button:
        icon = "phone" if line.is_supervisor else ""
        button = Button(line.number or _("no number"), ButtonKind.LINK, icon=icon, small=True)
        words = [_("Emergency phone")] if line.is_supervisor else []
        words.append(_("Copy the number of {name}").format(name=line.name))
        if line.other_number:
            words.append(_("also {number}").format(number=line.other_number))
        set_tip(button, "\n".join(words))
        button.setEnabled(bool(line.number))
        button.clicked.connect(partial(self.copied.emit, line.name, line.number))
        return button


def _shift_text(line: DutyLine) -> str:
    until = _("until {time}").format(time=line.until)
    return " · ".join(part for part in (line.role, line.shift, until, line.away) if part)
