"""Masked facts of a person on a page: buttons that show them, and what was shown while the page lives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.ids import PersonId
from app.models.entities.people import Person, PersonFact
from app.services.audit.commands import Revealed, reveal
from app.services.base.context import Context
from app.services.base.terms import term
from app.services.people import masking
from app.views.base.i18n import _, current
from app.views.base.pages import PageEnv
from app.views.base.widgets.buttons import Button, ButtonKind

RIGHT = "people.reveal"


class ShownFacts(QObject):
    """Facts that were shown on one page; `changed` says that one was added: read the person again."""

    changed = Signal()

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self._shown: dict[PersonId, dict[PersonFact, Sequence[str]]] = {}

    @property
    def is_allowed(self) -> bool:
        """Whether the person at this PC may look behind a mask."""
        return self._ctx.actor.may(RIGHT)

    def show(self, person_id: PersonId, fact: PersonFact, *, number: int | None = None) -> None:
        """Show a fact from now on; recorded first. `number` is the ticket it is needed for."""
        job = partial(reveal, self._ctx, person_id, fact, number=number)
        self._env.tasks.run(job, partial(self._keep, person_id, fact), self._env.shell.failed, owner=self)

    def applied(self, person: Person) -> Person:
        """Return a person with what was shown of them."""
        return masking.revealed(person, self._shown.get(person.id, {}))

    def forget(self) -> None:
        """Mask everything again."""
        self._shown.clear()

    def _keep(self, person_id: PersonId, fact: PersonFact, answer: object) -> None:
        if not isinstance(answer, Revealed):  # the reply was lost: it is recorded, and can be asked for again
            return
        self._shown.setdefault(person_id, {})[fact] = answer.values
        self.changed.emit()


class MaskedFacts(QWidget):
    """A button for each masked fact of a person; hidden where there is none, or nobody may see more."""

    asked = Signal(object)  # PersonFact

    def __init__(self, facts: Iterable[PersonFact] = PersonFact, parent: QWidget | None = None) -> None:
        """`facts` are those the page has a place for."""
        super().__init__(parent)
        self.buttons = {fact: self._button(fact) for fact in facts}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for button in self.buttons.values():
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_person(self, person: Person | None, *, is_allowed: bool) -> None:
        """Offer what is masked of this person."""
        masked = person.masked if person is not None and is_allowed else frozenset()
        for fact, button in self.buttons.items():
            button.setVisible(fact in masked)
        self.setVisible(bool(masked & self.buttons.keys()))

    def _button(self, fact: PersonFact) -> Button:
        said = _("Show: {fact}").format(fact=term(current.texts, fact))
        button = Button(said, ButtonKind.LINK, icon="eye", small=True)
        button.clicked.connect(lambda: self.asked.emit(fact))
        return button
