"""Recording a training before a new system: who was there, when, for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.announcements import Announcement, HeldTraining, Preparation
from app.models.entities.errors import BadInput
from app.models.entities.ids import PersonId
from app.models.entities.skills import Skill, SkillId
from app.services.announcements.rules import MOST_MINUTES
from app.services.base.names import name_in
from app.services.leave.typed_dates import read_day
from app.views.announcements.pane_words import person
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose, Field, NumberField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup

_WIDTH, _LIST_HEIGHT = 460, 240
_USUAL_MINUTES = 60
_LONGEST_DAY = 20
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TrainingPopup(Popup):
    """Everybody of the desk with a box; who lacks the training is ticked beforehand."""

    given = Signal(object)  # HeldTraining

    def __init__(self, window: QWidget, fmt: Format) -> None:
        super().__init__(window, scrim=True)
        self.setObjectName("training_popup")
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(_("Record training"))
        self._format = fmt
        self._today = date.min
        self.title = PlainLabel("", "section", wrap=True)
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        head = row_of(self.title, close)
        head.setStretch(0, 1)
        self.boxes: dict[PersonId, QCheckBox] = {}
        self.people = QScrollArea()
        self.people.setWidgetResizable(True)
        self.people.setFrameShape(QFrame.Shape.NoFrame)
        self.people.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.people.setFixedHeight(_LIST_HEIGHT)
        self.count = PlainLabel("", "muted")
        self.held_on = QLineEdit()
        self.held_on.setMaxLength(_LONGEST_DAY)
        self.minutes = NumberField(1, MOST_MINUTES, suffix=_(" min"))
        self.skill = Choose()
        self.day_field = Field(_("Date"), self.held_on)
        self.act = Button(_("Record it"), ButtonKind.PRIMARY, icon="graduation-cap", key="Ctrl+Enter")
        self.act.clicked.connect(self.confirm)
        row = row_of(self.day_field, Field(_("Length"), self.minutes), spacing=Space.M)
        row.setStretch(0, 1)
        row.setStretch(1, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.people)
        self.body.addWidget(self.count)
        self.body.addLayout(row)
        self.body.addWidget(Field(_("Skill"), self.skill))
        self.body.addLayout(row_of(None, self.act))

    def offer(self, skills: Sequence[Skill]) -> None:
        """Offer these skills; what is chosen stays chosen."""
        kept = self.skill.currentData()
        self.skill.clear()
        self.skill.addItem(_("None"), None)
        for each in skills:
            self.skill.addItem(name_in(each.name, each.name_alt, current.code), int(each.id))
        self.skill.setCurrentIndex(max(0, self.skill.findData(kept)))

    def ask(self, one: Announcement, people: Sequence[Preparation], today: date) -> None:
        """Ask who was there; `today` is the day that is meant unless another is typed."""
        self._today = today
        self.title.setText(_("Training for {title}").format(title=one.details.title))
        self.held_on.setText(today.isoformat())
        self.minutes.setValue(one.details.training_minutes or _USUAL_MINUTES)
        self.day_field.set_error("")
        inner = QWidget()
        inner.setProperty("scrolled", True)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.XS)
        self.boxes = {}
        for each in people:
            box = QCheckBox(_label(each).replace("&", "&&"))
            box.setAccessibleName(_label(each))
            box.setChecked(not each.is_trained)
            box.toggled.connect(lambda _on: self._wait())
            self.boxes[each.person_id] = box
            column.addWidget(box)
        column.addStretch(1)
        self.people.setWidget(inner)
        self._wait()
        self.open_centred()
        first: QWidget = next(iter(self.boxes.values()), self.act)
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def confirm(self) -> None:
        """Give who was there and close."""
        if not self.act.isEnabled():
            return
        try:
            held_on = read_day(self.held_on.text(), self._today)
        except BadInput as error:
            told = explain(error, self._format)
            self.day_field.set_error(f"{told.happened} {told.advice}".strip())
            self.held_on.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        skill = self.skill.currentData()
        held = HeldTraining(
            tuple(person for person, box in self.boxes.items() if box.isChecked()),
            held_on,
            self.minutes.value(),
            None if skill is None else SkillId(skill),
        )
        self.close_now()
        self.given.emit(held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in _ENTER:
            self.confirm()
        else:
            super().keyPressEvent(event)

    def _wait(self) -> None:
        count = sum(box.isChecked() for box in self.boxes.values())
        self.count.setText(_("{count} of {all} chosen").format(count=count, all=len(self.boxes)))
        self.act.wait_for("" if count else _("Tick those who were at the training."))


def _label(one: Preparation) -> str:
    if one.is_trained:
        return _("{name} · trained").format(name=one.name)
    return person(one)
