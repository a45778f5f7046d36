"""Entering a caller nobody knows yet, in the place of the search: three fields, no dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.people import Company, NumberKind, PersonDetails
from app.services.base.names import named
from app.services.catalogue.rules import match_grade
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Field
from app.views.base.widgets.labels import PlainLabel
from app.views.tickets.form_typeahead import Offer, TypeAhead

_BETWEEN = "\x1f"  # stands in no name: between company and department in an offer's key
_NO_MATCH = 9
_MOST_PLACES = 14


class QuickEntry(QWidget):
    """Name, number and department of somebody the desk does not know yet. Enter adds, Esc goes back."""

    added = Signal(object)  # PersonDetails
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._companies: Sequence[Company] = ()
        self.name, self.number = QLineEdit(), QLineEdit()
        self.department = TypeAhead(_("Department or company"))
        self.department.asked.connect(lambda typed: self.department.offer(self._places(typed)))
        self.add = Button(_("Add caller"), icon="user-plus", key="Enter")
        self._name_field = Field(_("Name"), self.name, required=True)
        back = Button(_("Back to the search"), ButtonKind.GHOST, key="Esc")
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._name_field, 2)
        row.addWidget(Field(_("Number"), self.number), 2)
        row.addWidget(Field(_("Department"), self.department), 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row)
        column.addLayout(row_of(PlainLabel(_("New caller"), "strong"), None, back, self.add))
        self.add.clicked.connect(self._on_add)
        back.clicked.connect(self.left)
        self.name.textChanged.connect(lambda _text: self._wait())

    def begin(self, typed: str) -> None:
        """Start from what was typed into the search: a number or a name."""
        is_number = bool(typed) and not any(character.isalpha() for character in typed)
        self.name.setText("" if is_number else typed)
        self.number.setText(typed if is_number else "")
        self.department.show_taken("", "")
        self._wait()
        (self.name if is_number else self.number).setFocus()

    @property
    def details(self) -> PersonDetails:
        """What was entered."""
        number = self.number.text().strip()
        company, _sign, department = self.department.key.partition(_BETWEEN)
        return PersonDetails(
            self.name.text().strip(),
            company=company,
            department=department,
            language=current.code,
            phones=((NumberKind.WORK, number),) if number else (),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._on_add()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_companies(self, companies: Sequence[Company]) -> None:
        """Offer these companies with their departments."""
        self._companies = [company for company in companies if company.is_active]

    def _places(self, typed: str) -> list[Offer]:
        """Return the departments and companies meant, and at the end the department nobody knows yet."""
        offers = []
        for company in self._companies:
            shown = named(company, current.code)
            if match_grade(typed, "", company.name, company.name_alt) < _NO_MATCH:
                offers.append(Offer(company.name, shown, icon="building-2"))
            for department in company.departments:
                if match_grade(typed, "", department, "") < _NO_MATCH:
                    key = f"{company.name}{_BETWEEN}{department}"
                    offers.append(Offer(key, department, shown, "users"))
        if typed and not any(offer.text == typed for offer in offers):
            company_name = self._companies[0].name if self._companies else ""
            if company_name:
                new = _("New department: {name}").format(name=typed)
                offers.append(Offer(f"{company_name}{_BETWEEN}{typed}", new, company_name, "plus"))
        return offers[:_MOST_PLACES]

    def _wait(self) -> None:
        self.add.wait_for("" if self.name.text().strip() else _("Type the caller's name first."))

    def _on_add(self) -> None:
        if not self.name.text().strip():
            self._name_field.set_error(_("Type the caller's name first."))
            self.name.setFocus()
            return
        self._name_field.set_error("")
        self.added.emit(self.details)
