"""Which of a ticket's fields a category demands at which gate: a grid of boxes, one column for each gate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.models.entities.catalogue import DEMANDABLE, Gate
from app.views.base.errors import FIELD_NAMES
from app.views.base.i18n import N_, LazyText, _, pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.labels import PlainLabel, set_tip

Stated = dict[str, list[str]]
"""What a category states itself: the fields by gate; a gate that is not there is inherited."""

GATES: Mapping[Gate, LazyText] = {
    Gate.CREATE: N_("Register"),
    Gate.ASSIGN: N_("Assign"),
    Gate.RESOLVE: N_("Resolve"),
    Gate.CLOSE: N_("Close"),
}
"""The gates as the heads of their columns."""

_FIELDS = tuple(dict.fromkeys(name for names in DEMANDABLE.values() for name in names))


class DemandsGrid(QWidget):
    """While "as above" is ticked over a column, its boxes show what is inherited and cannot be changed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inherited: Mapping[Gate, Sequence[str]] = {}
        self._is_locked = False
        self._is_telling = True
        self.follows = {gate: QCheckBox() for gate in Gate}
        self.boxes = {(gate, name): QCheckBox() for gate in Gate for name in DEMANDABLE[gate]}
        self._own: dict[Gate, list[str]] = {}
        self._build()
        self.setFocusProxy(self.follows[Gate.CREATE])
        self.show_stated({})

    @property
    def stated(self) -> Stated:
        """What the category states itself."""
        return {gate.value: self._ticked(gate) for gate in Gate if not self.follows[gate].isChecked()}

    def show_stated(self, stated: Mapping[str, Sequence[str]] | None) -> None:
        """Show what a category states, without telling anybody."""
        self._is_telling = False
        for gate in Gate:
            names = (stated or {}).get(gate.value)
            self.follows[gate].setChecked(names is None)
            self._own[gate] = list(names or ())
            self._show(gate)
        self._is_telling = True

    def show_inherited(self, inherited: Mapping[Gate, Sequence[str]]) -> None:
        """Say what holds where the category states nothing itself."""
        self._inherited = inherited
        for gate in Gate:
            self._show(gate)

    def set_locked(self) -> None:
        """Show everything without letting it change."""
        self._is_locked = True
        for gate in Gate:
            self._show(gate)

    def told(self, stated: Mapping[str, Sequence[str]] | None) -> str:
        """Return what is stated as a person reads it: "Register: Location; Close: nothing"."""
        between = pgettext("between things", ", ")
        parts = [
            _("{gate}: {fields}").format(
                gate=GATES[gate],
                fields=between.join(_name(name) for name in stated[gate.value]) or _("nothing"),
            )
            for gate in Gate
            if stated and gate.value in stated
        ]
        return "; ".join(parts)

    # -- inside ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(0, 1)
        middle = Qt.AlignmentFlag.AlignCenter
        grid.addWidget(PlainLabel(_("As above it"), "muted"), 1, 0)
        for at, gate in enumerate(Gate, 1):
            grid.addWidget(PlainLabel(str(GATES[gate]), "small"), 0, at, middle)
            follow = self.follows[gate]
            said = _("{gate}: as for the category above").format(gate=GATES[gate])
            follow.setAccessibleName(said)
            set_tip(follow, said)
            follow.toggled.connect(lambda _on, each=gate: self._on_follow(each))
            grid.addWidget(follow, 1, at, middle)
        for row, name in enumerate(_FIELDS, 2):
            grid.addWidget(PlainLabel(_name(name)), row, 0)
            for at, gate in enumerate(Gate, 1):
                box = self.boxes.get((gate, name))
                if box is not None:
                    said = _("{gate}: {fields}").format(gate=GATES[gate], fields=_name(name))
                    box.setAccessibleName(said)
                    set_tip(box, said)
                    box.toggled.connect(lambda _on, each=gate: self._on_box(each))
                    grid.addWidget(box, row, at, middle)

    def _on_follow(self, gate: Gate) -> None:
        if not self.follows[gate].isChecked() and self._is_telling:
            # What was inherited is where one's own begins.
            self._own[gate] = list(self._inherited.get(gate, ()))
        self._show(gate)
        self._tell()

    def _on_box(self, gate: Gate) -> None:
        if self._is_telling and not self.follows[gate].isChecked():
            self._own[gate] = self._ticked(gate)
            self._tell()

    def _tell(self) -> None:
        if self._is_telling:
            self.changed.emit()

    def _ticked(self, gate: Gate) -> list[str]:
        return [name for name in DEMANDABLE[gate] if self.boxes[gate, name].isChecked()]

    def _show(self, gate: Gate) -> None:
        was_telling, self._is_telling = self._is_telling, False
        follows = self.follows[gate].isChecked()
        names = self._inherited.get(gate, ()) if follows else self._own.get(gate, ())
        self.follows[gate].setEnabled(not self._is_locked)
        for name in DEMANDABLE[gate]:
            box = self.boxes[gate, name]
            box.setChecked(name in names)
            box.setEnabled(not (follows or self._is_locked))
        self._is_telling = was_telling


def _name(field: str) -> str:
    return str(FIELD_NAMES[field])
