"""What a cell of the matrix promises: priority, why, and when it is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.models.entities.sla import ClockKind
from app.models.entities.ticket_pages import PromisePreview
from app.services.base.terms import priority_title
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.chips import PriorityChip
from app.views.base.widgets.labels import PlainLabel, rule, set_tip
from app.views.base.widgets.painted import IconSpot


class PromisePanel(QFrame):
    """What the caller can be told. Every figure comes from the query the saved ticket agrees with."""

    def __init__(self, fmt: Format, *, may_override: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "notice")
        self.setProperty("tone", "accent")
        self._format = fmt
        self.preview: PromisePreview | None = None
        self.chip = PriorityChip(3)
        self.name = PlainLabel("", "section")
        self.why = PlainLabel("", "muted", wrap=True)
        self.under = PlainLabel("", "small", wrap=True)
        self.override = Button(_("Set by hand"), ButtonKind.LINK, icon="pencil", small=True, parent=self)
        self.override.setVisible(may_override)
        self.in_words = IconButton("circle-question-mark", _("Ask in words"), small=True, parent=self)
        self.due: dict[ClockKind, PlainLabel] = {}
        self._allowed: dict[ClockKind, PlainLabel] = {}
        self._times = QWidget()
        self._build()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing can be promised yet."""
        self.preview = None
        self.chip.hide()
        self.name.setText(_("Promise"))
        self.why.setText(_("Choose impact and urgency: the times to tell the caller appear here."))
        self._times.hide()
        self.under.setText("")

    def show_promise(self, preview: PromisePreview, why: str, calendar: str, now: datetime) -> None:
        """Show a promise; `why` says where the priority comes from, `calendar` which hours count."""
        if preview.priority is None:
            self.show_nothing()
            return
        self.preview = preview
        title = priority_title(self._format.texts, preview.priority)
        self.chip.show_level(preview.priority, title)
        self.chip.show()
        self.name.setText(title)
        self.why.setText(why)
        self._times.setVisible(bool(preview.due))
        for kind, label in self.due.items():
            if kind in preview.due:
                self._show_due(label, kind, preview, now)
        hours = _("Counted by the calendar “{name}”").format(name=calendar)
        self.under.setText(hours if preview.due else _("No times are promised for this kind."))
        self.setAccessibleName(self._said(preview, title))
        set_tip(self, self.under.text())

    @property
    def due_text(self) -> str:
        """When the solution is promised, as the agent says it; "" while nothing is promised."""
        promised = self.preview is not None and ClockKind.RESOLUTION in self.preview.due
        return self.due[ClockKind.RESOLUTION].text() if promised else ""

    def _show_due(self, label: PlainLabel, kind: ClockKind, preview: PromisePreview, now: datetime) -> None:
        label.setText(self._format.when(preview.due[kind], now))
        set_tip(label, self._format.exact(preview.due[kind]))
        allowed = timedelta(seconds=preview.allowed_seconds.get(kind, 0))
        words = _("within {duration}").format(duration=self._format.duration(allowed))
        self._allowed[kind].setText(words)

    def _said(self, preview: PromisePreview, title: str) -> str:
        parts = [title, self.why.text()]
        if preview.due:
            parts += [
                _("Response by {time}").format(time=self.due[ClockKind.RESPONSE].text()),
                _("Solution by {time}").format(time=self.due_text),
            ]
        return ". ".join(part for part in parts if part)

    def _build(self) -> None:
        rows = QGridLayout(self._times)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(Space.S)
        rows.setVerticalSpacing(Space.XS)
        rows.setColumnStretch(1, 1)
        rows.addWidget(rule(), 0, 0, 1, 4)
        lines = (
            (ClockKind.RESPONSE, "timer", _("Response")),
            (ClockKind.RESOLUTION, "circle-check", _("Resolution")),
        )
        for line, (kind, icon, words) in enumerate(lines, start=1):
            self.due[kind], self._allowed[kind] = PlainLabel("", "strong"), PlainLabel("", "muted")
            rows.addWidget(IconSpot(icon, "accent"), line, 0)
            rows.addWidget(PlainLabel(words), line, 1)
            rows.addWidget(self.due[kind], line, 2)
            rows.addWidget(self._allowed[kind], line, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(6)
        column.addLayout(row_of(self.chip, self.name, None, self.override, self.in_words))
        column.addWidget(self.why)
        column.addWidget(self._times)
        column.addWidget(self.under)
        column.addStretch(1)
