"""The inputs of a new ticket, from type to solution, in the order in which a call goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.ids import TeamId
from app.models.entities.suggesting import Suggestion
from app.models.entities.tickets import TicketType
from app.services.base.terms import term
from app.services.tickets.form_choices import FormChoices
from app.views.base.format import Format
from app.views.base.forms import Binding
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Notice
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import rule, set_tip
from app.views.base.widgets.switches import Choice, Segment
from app.views.tickets.form_announced_notice import AnnouncedNotice
from app.views.tickets.form_attachments import AttachmentBar, DescriptionEdit
from app.views.tickets.form_offers import FormOffers
from app.views.tickets.form_promise import PromiseSection
from app.views.tickets.form_state import CallForm
from app.views.tickets.form_typeahead import TypeAhead
from app.views.tickets.form_values import ME
from app.views.tickets.form_words import CHANNELS, TYPE_HINTS, TYPE_NAMES, TYPES
from app.views.tickets.solve_now import SolveSection
from app.views.tickets.suggested_words import nobody_words

_LONGEST_SUBJECT = 250


class TicketFields(QWidget):
    """What a ticket consists of, from type to solution. It offers what `show_choices` was given."""

    refusal_asked = Signal()

    def __init__(
        self,
        fmt: Format,
        now: Callable[[], datetime],
        *,
        may_override: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._format = fmt
        self._now = now
        self.offers: FormOffers | None = None
        self.type = Segment([Choice(kind.value, str(TYPE_NAMES[kind])) for kind in TYPES], said=_("Type"))
        self.channel = Choose()
        for channel in CHANNELS:
            self.channel.addItem(term(current.texts, channel), channel.value)
        self.location = QLineEdit()
        self.subject = QLineEdit()
        self.subject.setObjectName("subject")
        self.subject.setMaxLength(_LONGEST_SUBJECT)
        self.category = TypeAhead(_("Name, code or initials"))
        self.category.setObjectName("category")
        self.service = TypeAhead(_("Name or code"))
        self.assign = TypeAhead(_("A person or a team"))
        self.assign.show_taken(ME, _("me"))
        self.description = DescriptionEdit()
        self.description.setObjectName("description")
        self.files = AttachmentBar(fmt)
        self.promise = PromiseSection(fmt, now, may_override=may_override)
        self.solve = SolveSection()
        self.solve.hide()
        self.refusal = Notice("", tone="warn", icon="ban")
        self.refuse = Button(_("Register as out of scope"), icon="ban", small=True, key="Ctrl+Shift+O")
        self.refusal.buttons.addWidget(self.refuse)
        self.refusal.hide()
        self.announced = AnnouncedNotice()
        self.fields = self._make_fields()
        self._build()
        self._connect()
        self.show_hint()

    def show_choices(self, choices: FormChoices, me: int | None) -> None:
        """Offer what the site has; what is chosen stays chosen and gets its words."""
        kept = self.offers.suggested if self.offers is not None else None
        self.offers = FormOffers(choices, me)
        self.offers.suggested = kept
        self._show_matrix()
        self.solve.show_codes(choices.causes, choices.resolutions)
        for line in (self.category, self.service, self.assign):
            line.show_taken(line.key, self._words(line, line.key))

    def show_suggested(self, team_id: TeamId, found: Suggestion) -> None:
        """Offer first whom the roster suggests of a team, or say at the team that nobody is there."""
        if self.offers is not None:
            self.offers.suggested = team_id, found, nobody_words(found, self._format, self._now())

    def bind(self, form: CallForm) -> None:
        """Add every input to the form under its name in the values."""
        fields = self.fields
        form.add("type", fields["type"], Binding(lambda: self.type.key, self._write_type, self.type.chosen))
        for name in ("channel", "location", "subject", "description"):
            form.add(name, fields[name])
        for name, line in (("category", self.category), ("service", self.service), ("assign", self.assign)):
            form.add(name, fields[name], self._typed_binding(line))
        promise, solve = self.promise, self.solve
        form.add("cell", promise.field, Binding(self._read_cell, self._write_cell, promise.chosen))
        by_hand = Binding(lambda: promise.override, promise.set_override, promise.chosen)
        waiting = promise.bearable
        bearable = Binding(lambda: waiting.value, lambda text: waiting.set_value(text or ""), waiting.changed)
        form.add("bearable", Field(_("User can wait until"), QWidget()), bearable)
        form.add("priority", Field(_("Priority"), QWidget()), by_hand)
        form.add("reason", promise.reason_field)
        form.add("solution", solve.solution_field)
        form.add(
            "cause", solve.cause_field, Binding(lambda: solve.cause.key, solve.set_cause, solve.cause.taken)
        )
        form.add("resolution", solve.resolution_field, _codes(solve.resolution))
        form.add("no_article", Field(_("None fits"), QWidget()), _toggled(solve))

    def set_compact(self, *, is_compact: bool) -> None:
        """Stand closer where the window is small."""
        self._grid.setVerticalSpacing(Space.XS if is_compact else Space.S)
        self._column.setSpacing(Space.XS + 2 if is_compact else Space.S)
        self.promise.set_compact(is_compact=is_compact)

    def show_hint(self) -> None:
        """Say what the chosen type means."""
        hint = str(TYPE_HINTS.get(TicketType(self.type.key), ""))
        self.fields["type"].set_hint(hint)
        set_tip(self.type, hint)

    def show_usual(self, minutes: int | None) -> None:
        """Say beside the category how long such a ticket usually takes; None where nobody said."""
        usual = [_("usually {minutes} min").format(minutes=minutes)] if minutes is not None else []
        self.fields["category"].set_hint(" · ".join([*usual, "Alt+G"]))

    def show_refusal(self, text: str) -> None:
        """Show what to tell the caller about what is none of the desk's; "" for anything else."""
        self.refusal.setVisible(bool(text))
        self.refusal.say(text, title=_("Not a service of this desk. Say politely:"), tone="warn")

    # -- inside ------------------------------------------------------------------------------------

    def _make_fields(self) -> dict[str, Field]:
        return {
            "type": Field(_("Type"), self.type),
            "channel": Field(_("Channel"), self.channel),
            "location": Field(_("Location"), self.location),
            "subject": Field(_("Subject"), self.subject, hint="Alt+S", required=True),
            "category": Field(_("Category"), self.category, hint="Alt+G", required=True),
            "service": Field(_("Service"), self.service),
            "assign": Field(_("Assign to"), self.assign),
            "description": Field(
                _("Description"), self.description, hint=_("paste a screenshot with Ctrl+V")
            ),
        }

    def _build(self) -> None:
        fields = self.fields
        grid = self._grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        for column in range(12):
            grid.setColumnStretch(column, 1)
        places = (
            ("type", 0, 0, 6), ("channel", 0, 6, 3), ("location", 0, 9, 3), ("subject", 1, 0, 12),
            ("category", 2, 0, 5), ("service", 2, 5, 3), ("assign", 2, 8, 4),
        )  # fmt: skip
        for name, row, first, wide in places:
            grid.addWidget(fields[name], row, first, 1, wide, Qt.AlignmentFlag.AlignTop)
        whole = self._column = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.S)
        whole.addLayout(grid)
        whole.addWidget(self.announced)
        whole.addWidget(self.refusal)
        whole.addWidget(fields["description"], 1)
        whole.addWidget(self.files)
        whole.addWidget(self.solve)
        whole.addWidget(rule())
        whole.addWidget(self.promise)

    def _connect(self) -> None:
        self.type.chosen.connect(lambda _key: self._follow_type())
        for line in (self.category, self.service, self.assign):
            line.asked.connect(partial(self._offer, line))
        self.refuse.clicked.connect(self.refusal_asked)

    def _typed_binding(self, line: TypeAhead) -> Binding:
        def write(key: str) -> None:
            line.show_taken(key or "", self._words(line, key or ""))

        return Binding(lambda: line.key, write, line.taken)

    def _words(self, line: TypeAhead, key: str) -> str:
        offers = self.offers
        if offers is None:
            return _("me") if key == ME else ""
        words = {
            self.category: offers.category_words,
            self.service: offers.service_words,
            self.assign: offers.assign_words,
        }
        return words[line](key)

    def _offer(self, line: TypeAhead, typed: str) -> None:
        offers = self.offers
        if offers is None:
            return
        if line is self.category:
            line.offer(offers.categories(typed))
        elif line is self.service:
            line.offer(offers.services(typed))
        else:
            line.offer(offers.assignees(typed, self.category.key))

    def _write_type(self, key: str) -> None:
        self.type.choose(key if key in {kind.value for kind in TYPES} else TYPES[0].value)
        self._follow_type()

    def _follow_type(self) -> None:
        """A type has its hint, and perhaps a matrix of its own."""
        self.show_hint()
        self._show_matrix()

    def _show_matrix(self) -> None:
        if self.offers is not None:
            matrix = self.offers.choices.matrix.for_type(self.type.key)
            self.promise.show_matrix(matrix, self.offers.calendar_words)

    def _read_cell(self) -> list[int] | None:
        cell = self.promise.cell
        return list(cell) if cell is not None else None

    def _write_cell(self, cell: list[int] | None) -> None:
        self.promise.choose((int(cell[0]), int(cell[1])) if cell else None)


def _codes(box: Choose) -> Binding:
    def write(code: str) -> None:
        box.setCurrentIndex(max(0, box.findData(code or "")))

    return Binding(lambda: box.currentData() or "", write, box.currentIndexChanged)


def _toggled(solve: SolveSection) -> Binding:
    return Binding(
        solve.none_fits.isChecked, lambda on: solve.none_fits.setChecked(bool(on)), solve.none_fits.toggled
    )
