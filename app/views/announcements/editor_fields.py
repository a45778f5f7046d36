"""The inputs of an announcement, how they stand on the pane, and how they are filled and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.models.entities.announcements import (
    AnnouncementChannel,
    AnnouncementDetails,
    AnnouncementKind,
    Link,
)
from app.models.entities.catalogue import Service
from app.models.entities.ids import ServiceId
from app.services.announcements.rules import LONGEST_TITLE, MOST_MINUTES
from app.services.base.names import name_in
from app.services.base.terms import term
from app.services.leave.typed_dates import read_day
from app.views.announcements.editor_words import FIELD_LABELS
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.fields import Choose, Field, NumberField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.moment_line import MomentLine

_TEXT_HEIGHT = 104
_LONGEST_NUMBER, _LONGEST_DAY = 12, 20
_ABREAST = 3


class EditorFields(QScrollArea):
    """One input a field, by the field's name in `fields`. Only a new system has a day and training."""

    def __init__(self, fmt: Format, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._format = fmt
        self._now = now
        self.heading = PlainLabel("", "section")
        self.problem = PlainLabel("", ink="bad", wrap=True)
        self.kind, self.service = Choose(), Choose()
        for kind in AnnouncementKind:
            self.kind.addItem(term(current.texts, kind), kind)
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_HEIGHT)
        self.begin, self.end = MomentLine(fmt, now), MomentLine(fmt, now)
        self.live_on = QLineEdit()
        self.live_on.setMaxLength(_LONGEST_DAY)
        self.live_on.setPlaceholderText(_("12-24 · tomorrow · +3"))
        self.minutes = NumberField(0, MOST_MINUTES, suffix=_(" min"))
        self.minutes.setSpecialValueText(_("none wanted"))
        self.numbers = {link: QLineEdit() for link in Link}
        for line in self.numbers.values():
            line.setMaxLength(_LONGEST_NUMBER)
            line.setPlaceholderText(_("Number"))
        self.must_read = QCheckBox(str(FIELD_LABELS["must_read"]))
        self.ways = {each: QCheckBox(term(current.texts, each)) for each in AnnouncementChannel}
        self.fields = self._labelled()
        self._lay_out()
        self.kind.currentIndexChanged.connect(lambda _at: self.fold())

    def offer(self, services: Sequence[Service]) -> None:
        """Offer these services; what is chosen stays chosen."""
        kept = self.service.currentData()
        self.service.clear()
        self.service.addItem(_("none in particular"), None)
        for each in services:
            name = name_in(each.details.name, each.details.name_alt, current.code)
            self.service.addItem(name, int(each.id))
        self.service.setCurrentIndex(max(0, self.service.findData(kept)))

    def fill(self, details: AnnouncementDetails) -> None:
        """Show these values, without what is linked by number."""
        self.kind.setCurrentIndex(list(AnnouncementKind).index(details.kind))
        self.title.setText(details.title)
        self.text.setPlainText(details.text)
        self.service.setCurrentIndex(max(0, self.service.findData(details.service_id)))
        self.begin.show_value(details.shown_from)
        self.end.show_value(details.shown_until)
        self.live_on.setText(details.live_on.isoformat() if details.live_on else "")
        self.minutes.setValue(details.training_minutes or 0)
        self.must_read.setChecked(details.must_read)
        for each, box in self.ways.items():
            box.setChecked(each in details.channels)
        self.fold()

    def read(self) -> AnnouncementDetails:
        """Return what stands in the inputs, without what is linked. BadInput where the day is none."""
        service = self.service.currentData()
        return AnnouncementDetails(
            AnnouncementKind(self.kind.currentData()),
            self.title.text(),
            self.text.toPlainText(),
            service_id=None if service is None else ServiceId(service),
            live_on=self._day() if self.is_new_system else None,
            training_minutes=(self.minutes.value() or None) if self.is_new_system else None,
            must_read=self.must_read.isChecked(),
            channels=tuple(each for each, box in self.ways.items() if box.isChecked()),
            shown_from=self.begin.value,
            shown_until=self.end.value,
        )

    @property
    def is_new_system(self) -> bool:
        """Whether a new system is announced."""
        return bool(self.kind.currentData() == AnnouncementKind.NEW_SYSTEM)

    def fold(self) -> None:
        """Show the day and the training of a new system, and of nothing else."""
        self._new_row.setVisible(self.is_new_system)

    def _day(self) -> date | None:
        typed = self.live_on.text().strip()
        return read_day(typed, self._format.local(self._now()).date()) if typed else None

    # -- building ------------------------------------------------------------------------------------

    def _labelled(self) -> dict[str, Field]:
        label = {name: str(text) for name, text in FIELD_LABELS.items()}
        return {
            "kind": Field(label["kind"], self.kind),
            "title": Field(label["title"], self.title, required=True),
            "text": Field(label["text"], self.text, hint=_("**bold**, - lists and links, as in articles")),
            "service_id": Field(label["service_id"], self.service),
            "article_id": Field(label["article_id"], self.numbers[Link.ARTICLE]),
            "ticket_id": Field(label["ticket_id"], self.numbers[Link.TICKET]),
            "live_on": Field(label["live_on"], self.live_on),
            "training_minutes": Field(label["training_minutes"], self.minutes),
            "shown_from": Field(label["shown_from"], self.begin, hint=_("empty: from now on")),
            "shown_until": Field(label["shown_until"], self.end, hint=_("empty: without end")),
        }

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("scrolled", True)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.heading)
        column.addWidget(self.fields["title"])
        column.addLayout(self._pair("kind", "service_id"))
        self._new_row = QWidget()
        self._new_row.setLayout(self._pair("live_on", "training_minutes"))
        column.addWidget(self._new_row)
        column.addWidget(self.fields["text"])
        column.addLayout(self._pair("shown_from", "shown_until"))
        column.addLayout(self._pair("article_id", "ticket_id"))
        column.addWidget(self.must_read)
        column.addWidget(PlainLabel(str(FIELD_LABELS["channels"]), "muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS)
        for at, box in enumerate(self.ways.values()):
            grid.addWidget(box, at // _ABREAST, at % _ABREAST)
        grid.setColumnStretch(_ABREAST, 1)
        column.addLayout(grid)
        column.addWidget(self.problem)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)

    def _pair(self, left: str, right: str) -> QHBoxLayout:
        row = row_of(self.fields[left], self.fields[right], spacing=Space.M)
        row.setContentsMargins(0, 0, 0, 0)
        row.setStretch(0, 1)
        row.setStretch(1, 1)
        return row
