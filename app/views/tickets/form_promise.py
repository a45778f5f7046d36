"""Impact x urgency as a small matrix, and beside it what it promises: priority, why, and when it is due."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.sla import ClockKind
from app.models.entities.ticket_pages import PromisePreview
from app.services.base.names import named
from app.services.base.terms import priority_title
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Notice, row_of
from app.views.base.widgets.chips import PriorityChip
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel, rule
from app.views.base.widgets.matrix import Cell, MatrixGrid
from app.views.base.widgets.painted import IconSpot

_SHOWN = ((ClockKind.RESPONSE, "timer"), (ClockKind.RESOLUTION, "circle-check"))


class PromisePanel(Notice):
    """What the caller can be told. Everything in it comes from the query the saved ticket agrees with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", tone="accent", parent=parent)
        self.preview: PromisePreview | None = None
        self.chip = PriorityChip(3)
        self.name = PlainLabel("", "section")
        self.why = PlainLabel("", "muted", wrap=True)
        self.under = PlainLabel("", "small", wrap=True)
        self.override = Button(_("Set by hand"), ButtonKind.LINK, icon="pencil", small=True)
        self.rows = QGridLayout()
        self.rows.setHorizontalSpacing(Space.S)
        self.rows.setVerticalSpacing(Space.XS)
        self.rows.setColumnStretch(1, 1)
        self.due: dict[ClockKind, PlainLabel] = {}
        self._allowed: dict[ClockKind, PlainLabel] = {}
        self._due_parts: list[QWidget] = []
        for line, (kind, icon) in enumerate(_SHOWN):
            self._add_line(line, kind, icon)
        self._line = rule()
        self._build()
        self.show_nothing()

    def show_nothing(self, why: str = "") -> None:
        """Nothing can be promised yet."""
        self.preview = None
        self.chip.hide()
        self.name.setText(_("Promise"))
        self.why.setText(why or _("Choose impact and urgency: the times to tell the caller appear here."))
        self._show_times(is_shown=False)
        self.under.setText("")

    def show_promise(self, preview: PromisePreview, why: str, fmt: Format) -> None:
        """Show a promise; `why` says where the priority comes from."""
        if preview.priority is None:
            self.show_nothing()
            return
        self.preview = preview
        title = priority_title(fmt.texts, preview.priority)
        self.chip.show_level(preview.priority, title)
        self.chip.show()
        self.name.setText(title)
        self.why.setText(why)
        self._show_times(is_shown=bool(preview.due))
        for kind, _icon in _SHOWN:
            if kind in preview.due:
                self._show_due(kind, preview, fmt)
        calendar = _("By the calendar “{name}”, {policy}").format(name=preview.calendar, policy=preview.policy)
        self.under.setText(calendar if preview.due else _("No times are promised for this kind."))

    def _show_due(self, kind: ClockKind, preview: PromisePreview, fmt: Format) -> None:
        due_at = preview.due[kind]
        self.due[kind].setText(fmt.when(due_at, self.received_at or due_at))
        self.due[kind].setToolTip(fmt.exact(due_at))
        minutes = preview.allowed_seconds.get(kind, 0)
        allowed = fmt.duration(_seconds(minutes))
        self._allowed[kind].setText(_("within {duration}").format(duration=allowed))

    def _add_line(self, line: int, kind: ClockKind, icon: str) -> None:
        words = {ClockKind.RESPONSE: _("Response"), ClockKind.RESOLUTION: _("Resolution")}
        name = PlainLabel(words[kind])
        self.due[kind] = PlainLabel("", "strong")
        self._allowed[kind] = PlainLabel("", "muted")
        parts: tuple[QWidget, ...] = (IconSpot(icon, "accent"), name, self.due[kind], self._allowed[kind])
        for column, part in enumerate(parts):
            self.rows.addWidget(part, line, column)
        self._due_parts.extend(parts)

    def _show_times(self, *, is_shown: bool) -> None:
        self._line.setVisible(is_shown)
        for part in self._due_parts:
            part.setVisible(is_shown)
