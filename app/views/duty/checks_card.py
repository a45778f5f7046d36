"""The checks of the running shift, each good or not good with a note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.duty import CheckLine
from app.services.base.names import named
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.cards import Card
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.duty.duty_words import MOMENTS, DutyWords

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class _Judge(IconButton):
    """A button of a point; the arrows go to the same button of the next point and the one before."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class ChecksCard(Card):
    """Points by moment. Somebody who may not write for the next shift reads them.

    Up and Down go from point to point, Tab from what is said of a point to what else can be said of it.
    """

    found_good = Signal(int)  # check id
    found_bad = Signal(int, str)  # check id, its name
    taken_back = Signal(int)  # check id

    def __init__(self, words: DutyWords, *, may_tick: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Checks of the shift"), parent=parent)
        self._words = words
        self._may_tick = may_tick
        self._host = QWidget()
        self._shown: Sequence[CheckLine] | None = None
        self.body.addWidget(self._host)

    def show_lines(self, lines: Sequence[CheckLine], now: datetime) -> None:
        """Show these points; the focus comes back to the same button of the same point."""
        if self._shown == lines:
            return
        focused = self.focusWidget()
        kept = focused.objectName() if focused is not None and focused.hasFocus() else ""
        self._shown = lines
        done = sum(line.tick is not None for line in lines)
        self.set_note(_("{done} of {count}").format(done=done, count=len(lines)) if lines else "")
        fresh = QWidget()
        column = QVBoxLayout(fresh)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        moment = None
        for line in lines:
            if line.check.moment is not moment:
                moment = line.check.moment
                column.addWidget(PlainLabel(str(MOMENTS[moment]), "caps"))
            column.addLayout(self._line(line, now))
        if not lines:
            column.addWidget(PlainLabel(_("There is nothing to check now."), "muted", wrap=True))
        self.body.replaceWidget(self._host, fresh)
        self._host.hide()
        self._host.deleteLater()
        self._host = fresh
        fresh.show()
        found = fresh.findChild(QWidget, kept) if kept else None
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, line: CheckLine, now: datetime) -> QHBoxLayout:
        check, tick = line.check, line.tick
        name = named(check, self._words.language)
        icon, ink = ("circle", "muted") if tick is None else ("circle-check", "ok")
        if tick is not None and not tick.is_good:
            icon, ink = "circle-alert", "bad"
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(IconSpot(icon, ink), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(name, wrap=True))
        if tick is not None:
            about = (tick.note, tick.person_name, self._words.fmt.when(tick.at, now))
            said = PlainLabel(" · ".join(part for part in about if part), "small", wrap=True)
            words.addWidget(said)
        row.addLayout(words, 1)
        if self._may_tick:
            self._add_buttons(row, line, name)
        return row

    def _add_buttons(self, row: QHBoxLayout, line: CheckLine, name: str) -> None:
        check = line.check
        good = self._judge("good", check.code, "check", _("Good: {check}").format(check=name))
        good.clicked.connect(partial(self.found_good.emit, check.id))
        bad = self._judge("bad", check.code, "triangle-alert", _("Not good: {check}").format(check=name))
        bad.clicked.connect(partial(self.found_bad.emit, check.id, name))
        row.addWidget(good, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(bad, 0, Qt.AlignmentFlag.AlignVCenter)
        if line.tick is not None:
            again = self._judge(
                "again", check.code, "rotate-ccw", _("Not looked at: {check}").format(check=name)
            )
            again.clicked.connect(partial(self.taken_back.emit, check.id))
            row.addWidget(again, 0, Qt.AlignmentFlag.AlignVCenter)

    def _judge(self, kind: str, code: str, icon: str, said: str) -> IconButton:
        button = _Judge(icon, said, small=True)
        button.setObjectName(f"{kind}-{code}")
        button.stepped.connect(partial(self._step, kind, code))
        return button

    def _step(self, kind: str, code: str, by: int) -> None:
        """Go to another point: to the same button, to *Good* where that point has none."""
        codes = [line.check.code for line in self._shown or ()]
        at = codes.index(code) + by
        if not 0 <= at < len(codes):
            return
        shown = self._host  # those shown before may wait to be deleted
        found = shown.findChild(QWidget, f"{kind}-{codes[at]}") or shown.findChild(
            QWidget, f"good-{codes[at]}"
        )
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)
