"""The matrix in words: who cannot work, until when can they wait. Digits answer, and the cell lights up."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.models.entities.priority import Level, MatrixDefinition
from app.services.base.names import guidance_of, named
from app.views.base.i18n import _, current
from app.views.base.tokens import Size, Space
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.matrix import Cell
from app.views.base.widgets.paint import paint_ground, paint_priority, paint_text

_LINE = 24
_DIGIT = 18


def answer_of(level: Level) -> str:
    """Return a level as the answer to a question: what its guidance says, or its name."""
    return guidance_of(level, current.code) or named(level, current.code)


class AnswerLine(QAbstractButton):
    """One answer with its digit, and the priority it leads to once that is known.

    No Tab stop: whoever types stands in the matrix, where digits answer.
    """

    def __init__(self, level: Level, priority: int | None) -> None:
        super().__init__()
        self.number = level.number
        self._priority = priority
        self.setText(answer_of(level).replace("&", "&&"))
        self._words = answer_of(level)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        leads_to = "" if priority is None else f", P{priority}"
        self.setAccessibleName(f"{level.number}: {self._words}{leads_to}")
        set_tip(self, f"{named(level, current.code)}: {self._words}")

    def sizeHint(self) -> QSize:
        return QSize(160, _LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            paint_ground(painter, self.rect(), "hover", "hover")
        digit = QRect(0, (_LINE - _DIGIT) // 2, _DIGIT, _DIGIT)
        paint_ground(painter, digit, "card", "field")
        paint_text(painter, digit, str(self.number), "text", align=Qt.AlignmentFlag.AlignHCenter, strong=True)
        left, right = _DIGIT + Space.S, 0
        if self._priority is not None:
            right = Size.CHIP_WIDTH + Space.XS
            chip = QRect(self.width() - Size.CHIP_WIDTH, 0, Size.CHIP_WIDTH, self.height())
            paint_priority(painter, chip, self._priority)
        words = QRect(left, 0, self.width() - left - right, self.height())
        paint_text(painter, words, self._words, "text")


class QuestionPanel(QFrame):
    """One question at a time. `answered` tells the cell, `looked_at` what it would be so far."""

    answered = Signal(int, int)
    looked_at = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "notice")
        self.setProperty("tone", "accent")
        self._matrix = MatrixDefinition((), (), {})
        self._impact: int | None = None
        self.question = PlainLabel("", "strong")
        self.lines: list[AnswerLine] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(2)
        column.addWidget(self.question)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(1)
        column.addLayout(self._answers)
        column.addStretch(1)

    @property
    def is_half_way(self) -> bool:
        """Whether the first question is answered and the second is not."""
        return self._impact is not None

    def show_matrix(self, matrix: MatrixDefinition) -> None:
        """Ask about this matrix, from the first question on."""
        self._matrix = matrix
        self.begin()

    def begin(self) -> None:
        """Ask the first question."""
        self._impact = None
        self._show(_("Who cannot work?"), self._matrix.impacts, {})

    def answer(self, number: int) -> bool:
        """Answer the question shown; tell whether there is such an answer."""
        levels = self._matrix.urgencies if self.is_half_way else self._matrix.impacts
        if number not in {level.number for level in levels}:
            return False
        if self._impact is None:
            self._impact = number
            leads = {
                level.number: self._matrix.cells[number, level.number]
                for level in self._matrix.urgencies
                if (number, level.number) in self._matrix.cells
            }
            self._show(_("Until when can they wait?"), self._matrix.urgencies, leads)
            if self._matrix.urgencies:
                self.looked_at.emit(number, self._matrix.urgencies[0].number)
            return True
        cell: Cell = (self._impact, number)
        self.begin()
        self.answered.emit(*cell)
        return True

    def _show(self, question: str, levels: tuple[Level, ...], leads_to: dict[int, int]) -> None:
        self.question.setText(question)
        while (item := self._answers.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = [AnswerLine(level, leads_to.get(level.number)) for level in levels]
        for line in self.lines:
            self._answers.addWidget(line)
            line.clicked.connect(lambda _checked=False, number=line.number: self.answer(number))
        answers = ". ".join(line.accessibleName() for line in self.lines)
        self.setAccessibleName(f"{question} {answers}")
