"""A person as a coloured round with initials."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.views.base.tokens import Size
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import paint_avatar
from app.views.base.widgets.painted import Painted


class Avatar(Painted):
    """A person's initials; "" is nobody, drawn as a dashed ring. The tooltip says the name."""

    def __init__(self, name: str, size: int = Size.AVATAR, *, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._name = name
        self._size = size
        set_tip(self, name)

    def show_person(self, name: str) -> None:
        """Show somebody else."""
        self._name = name
        self.setAccessibleName(name)
        set_tip(self, name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_avatar(QPainter(self), self.rect(), self._name)
