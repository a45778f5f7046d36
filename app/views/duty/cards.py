"""The cards of the duty board: the numbers to ring, who is there, who is always reachable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.duty import BoardPerson, DutyBoard, DutyRole, Reachable
from app.services.base.names import name_in
from app.views.base.format import phone
from app.views.base.i18n import _
from app.views.base.tokens import Size, Space
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Card, Notice, Well, row_of
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, set_tip
from app.views.base.widgets.painted import IconSpot
from app.views.duty.duty_words import AHEAD, GAPS, ROLES, DutyWords


class Figure(Well):
    """One number to know at a glance, with what it is above and whose below."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = PlainLabel(name, "muted")
        self.figure = PlainLabel("", "figure")
        self.note = ElidedLabel("", "muted")
        for part in (self.name, self.figure, self.note):
            self.body.addWidget(part)

    def show_figure(self, figure: str, note: str, ink: str = "") -> None:
        """Show another number."""
        self.figure.setText(figure)
        self.figure.set_ink(ink)
        self.note.setText(note)
        self.setAccessibleName(f"{self.name.text()}: {figure}, {note}")


class Figures(QWidget):
    """Emergency number, the desk's own, and the next change with its countdown."""

    def __init__(self, words: DutyWords) -> None:
        super().__init__()
        self._words = words
        self.emergency = Figure(_("Emergency phone"))
        self.desk = Figure(_("Service desk"))
        self.change = Figure(_("Next change"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        for part in (self.emergency, self.desk, self.change):
            row.addWidget(part, 1)

    def show_board(self, board: DutyBoard, now: datetime) -> None:
        """Show the numbers of this moment."""
        number, who = self._words.emergency(board)
        self.emergency.show_figure(number, who, "" if board.of_role(DutyRole.SUPERVISOR) else "bad")
        self.desk.show_figure(phone(board.desk_phone) or _("none"), self._words.shift(board.now))
        is_led = board.after is not None and bool(board.after.leaders)
        self.change.show_figure(*self._words.change(board, now), "" if is_led else "warn")


class Gaps(QWidget):
    """What is wrong with who is on duty, one box each; nothing where all is well."""

    roster_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self.shown: list[Notice] = []

    def show_board(self, board: DutyBoard) -> None:
        """Show the gaps of a board."""
        for old in self.shown:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.shown = []
        for gap in board.gaps:
            advice = _("Nobody is put in their place by the program: change the roster, or ring somebody.")
            box = Notice(
                advice, title=str(GAPS[gap]), tone="warn" if gap in AHEAD else "bad", icon="triangle-alert"
            )
            button = Button(_("Roster"), icon="calendar-days", small=True)
            button.clicked.connect(self.roster_asked)
            box.buttons.addWidget(button)
            self._column.addWidget(box)
            self.shown.append(box)
        self.setVisible(bool(board.gaps))


class PeopleCard(Card):
    """Who is on duty now, by role, with presence, load and number. A click on a number copies it."""

    copied = Signal(str, str)  # name, number
    tickets_asked = Signal(str)  # the person's name
    menu_asked = Signal(object, object)  # BoardPerson, the button

    def __init__(
        self, words: DutyWords, may_speak_for: Callable[[BoardPerson], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("On duty now"), parent=parent)
        self._words = words
        self._may_speak_for = may_speak_for
        self._host = QWidget()
        self._shown: object = None
        self.body.addWidget(self._host)

    def show_board(self, board: DutyBoard, now: datetime) -> None:
        """Show these people; the focus comes back to the same button of the same person."""
        minute = now.replace(second=0, microsecond=0) if any(one.away for one in board.people) else None
        shown = (board.people, board.now, minute)
        if shown == self._shown:
            return
        focused = self.focusWidget()
        kept = focused.objectName() if focused is not None and focused.hasFocus() else ""
        self._shown = shown
        self.set_note(self._words.shift(board.now))
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(3, 1)
        row = 0
        for role in DutyRole:
            people = board.of_role(role)
            if people:
                grid.addWidget(PlainLabel(str(ROLES[role]), "caps"), row, 0, 1, 7)
                row += 1
            for one in people:
                self._add(grid, row, one, now)
                row += 1
        if not board.people:
            column.addWidget(PlainLabel(_("The roster names nobody for this hour."), "muted", wrap=True))
        column.addLayout(grid)
        self.body.replaceWidget(self._host, fresh)
        self._host.hide()
        self._host.deleteLater()
        self._host = fresh
        fresh.show()
        found = fresh.findChild(QWidget, kept) if kept else None
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, grid: QGridLayout, row: int, one: BoardPerson, now: datetime) -> None:
        words, name = self._words, one.duty.person_name
        label = PlainLabel(name, "strong" if one.role is DutyRole.SUPERVISOR else "")
        grid.addWidget(Avatar(name, Size.AVATAR), row, 0)
        grid.addWidget(label, row, 1)
        if one.role is DutyRole.SUPERVISOR:
            grid.addWidget(IconSpot("crown", "warn"), row, 2)
        if one.away is not None:
            gone = ElidedLabel(words.away(one.away, now), "strong")
            gone.set_ink("warn")
            place_of_gone = row_of(IconSpot("clock", "warn", Size.ICON_SMALL), gone)
            place_of_gone.setStretch(1, 1)
            grid.addLayout(place_of_gone, row, 3)
        else:
            said, ink = words.presence(one.attendance, one.punctuality)
            place = ElidedLabel(" · ".join(part for part in (words.team(one), said) if part), "muted")
            place.set_ink("warn" if ink == "warn" else "")
            grid.addWidget(place, row, 3)
        load = Button(words.load(one), ButtonKind.LINK, small=True)
        set_tip(load, _("Show the open tickets of {name}").format(name=name))
        load.setObjectName(f"load-{one.duty.person_id}")
        load.clicked.connect(partial(self.tickets_asked.emit, name))
        grid.addWidget(load, row, 4, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._number(one), row, 5, Qt.AlignmentFlag.AlignRight)
        if self._may_speak_for(one):
            more = IconButton("ellipsis", _("What about {name}?").format(name=name), small=True)
            more.setObjectName(f"more-{one.duty.person_id}")
            more.clicked.connect(partial(self.menu_asked.emit, one, more))
            grid.addWidget(more, row, 6)

    def _number(self, one: BoardPerson) -> Button:
        number, name = phone(one.number), one.duty.person_name
        icon = "phone" if one.role is DutyRole.SUPERVISOR else ""
        button = Button(number or _("no number"), ButtonKind.LINK, icon=icon, small=True)
        set_tip(button, _("Copy the number of {name}").format(name=name))
        button.setEnabled(bool(number))
        button.setObjectName(f"number-{one.duty.person_id}")
        button.clicked.connect(partial(self.copied.emit, name, number))
        return button


class ReachableCard(Card):
    """Who keeps the mobile on at all hours."""

    copied = Signal(str, str)  # name, number

    def __init__(self, words: DutyWords, parent: QWidget | None = None) -> None:
        super().__init__(_("Reachable at all hours"), parent=parent)
        self._words = words
        self._host = QWidget()
        self._shown: Sequence[Reachable] | None = None
        self.body.addWidget(self._host)

    def show_people(self, people: Sequence[Reachable]) -> None:
        """Show the list; whom the terms of work say so."""
        if self._shown == people:
            return
        self._shown = people
        self.set_note(str(len(people)) if people else "")
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for row, one in enumerate(people):
            team = name_in(one.team_name, one.team_name_alt, self._words.language)
            number = phone(one.mobile or one.phone)
            button = Button(number or _("no number"), ButtonKind.LINK, small=True)
            set_tip(button, _("Copy the number of {name}").format(name=one.name))
            button.setEnabled(bool(number))
            button.clicked.connect(partial(self.copied.emit, one.name, number))
            grid.addWidget(PlainLabel(one.name), row, 0)
            grid.addWidget(ElidedLabel(team, "muted"), row, 1)
            grid.addWidget(button, row, 2, Qt.AlignmentFlag.AlignRight)
        if not people:
            nobody = _("Nobody's terms of work say so.")
            grid.addWidget(PlainLabel(nobody, "muted", wrap=True), 0, 0)
        self.body.replaceWidget(self._host, fresh)
        self._host.hide()
        self._host.deleteLater()
        self._host = fresh
        fresh.show()
