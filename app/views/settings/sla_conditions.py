"""Whom a policy is for: its name, its conditions and its warning steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.models.entities.catalogue import CategoryNode
from app.models.entities.ids import CategoryId
from app.models.entities.sla import SlaPolicy
from app.models.entities.tickets import TicketType
from app.services.base.names import name_in
from app.services.base.terms import term
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.fields import Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.switches import Choice, Segment
from app.views.settings.checks_button import ChecksButton, Option

_VIP = {"any": None, "vip": True, "not_vip": False}


@dataclass(frozen=True, slots=True)
class Choices:
    """What conditions can name, in the reader's language."""

    services: tuple[Option, ...] = ()
    categories: tuple[Option, ...] = ()
    companies: tuple[Option, ...] = ()
    parents: Mapping[int, tuple[int, ...]] | None = None

    def with_ancestors(self, category: int | None) -> tuple[CategoryId, ...]:
        """Return a category and all above it."""
        if category is None:
            return ()
        return tuple(CategoryId(one) for one in (category, *(self.parents or {}).get(category, ())))


def category_options(nodes: Sequence[CategoryNode]) -> tuple[tuple[Option, ...], dict[int, tuple[int, ...]]]:
    """Return the tree as indented options, and for each category the ones above it, nearest first."""
    options, above = [], {}
    parent_of = {node.category.id: node.category.parent_id for node in nodes}
    for node in nodes:
        held = node.category
        options.append(Option(held.id, name_in(held.name, held.details.name_alt, current.code), node.depth))
        line: list[int] = []
        parent = held.parent_id
        while parent is not None and parent not in line:
            line.append(parent)
            parent = parent_of.get(parent)
        above[int(held.id)] = tuple(line)
    return tuple(options), above


class ConditionsCard(Card):
    """Name, conditions and warning steps of a policy; `edited` tells the whole changed policy."""

    edited = Signal(object)  # SlaPolicy

    def __init__(self) -> None:
        super().__init__(_("For which tickets"))
        self._policy: SlaPolicy | None = None
        self.name = QLineEdit()
        self.name_alt = QLineEdit()
        self.types = ChecksButton(_("Type"), _("Any type"))
        self.services = ChecksButton(_("Service"), _("Any service"))
        self.categories = ChecksButton(_("Category"), _("Any category"))
        self.companies = ChecksButton(_("Company"), _("Any company"))
        self.vip = Segment(
            [Choice("any", _("Anybody")), Choice("vip", _("VIP")), Choice("not_vip", _("Not VIP"))],
            said=_("Requester"),
        )
        self.warn = QLineEdit()
        self.warn_field = Field(_("Warn at percent of the time"), self.warn, hint="50, 75, 90")
        self.types.show_options([Option(kind, term(current.texts, kind)) for kind in TicketType])
        self._build()
        self._connect()

    def show_policy(self, policy: SlaPolicy, *, may_edit: bool) -> None:
        """Show a policy; a field that is being typed in keeps its text."""
        self._policy = policy
        _set_text(self.name, policy.name)
        _set_text(self.name_alt, policy.name_alt)
        _set_text(self.warn, ", ".join(str(step) for step in policy.warn_percents))
        self.types.tick(policy.types)
        self.services.tick(policy.service_ids)
        self.categories.tick(policy.category_ids)
        self.companies.tick(policy.companies)
        self.vip.choose(next(key for key, held in _VIP.items() if held is policy.vip))
        for line in (self.name, self.name_alt, self.warn):
            line.setReadOnly(not may_edit)
        for part in (self.types, self.services, self.categories, self.companies, self.vip):
            part.setEnabled(may_edit)

    def show_choices(self, choices: Choices) -> None:
        """Offer what conditions can name."""
        self.services.show_options(choices.services)
        self.categories.show_options(choices.categories)
        self.companies.show_options(choices.companies)

    def _build(self) -> None:
        names = row_of(Field(_("Name in English"), self.name), Field(_("Name in Chinese"), self.name_alt))
        self.body.addLayout(names)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("Type"), self.types),
            (_("Service"), self.services),
            (_("Category"), self.categories),
            (_("Company"), self.companies),
            (_("Requester"), self.vip),
        )
        for row, (text, part) in enumerate(rows):
            grid.addWidget(PlainLabel(text, "muted"), row, 0)
            grid.addWidget(part, row, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.warn_field)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.name.editingFinished.connect(lambda: self._change(name=self.name.text().strip()))
        self.name_alt.editingFinished.connect(lambda: self._change(name_alt=self.name_alt.text().strip()))
        self.types.chosen.connect(lambda keys: self._change(types=keys))
        self.services.chosen.connect(lambda keys: self._change(service_ids=keys))
        self.categories.chosen.connect(lambda keys: self._change(category_ids=keys))
        self.companies.chosen.connect(lambda keys: self._change(companies=keys))
        self.vip.chosen.connect(lambda key: self._change(vip=_VIP[key]))
        self.warn.editingFinished.connect(self._take_warnings)

    def _change(self, **parts: Any) -> None:
        if self._policy is None:
            return
        changed = replace(self._policy, **parts)
        if changed != self._policy:
            self.edited.emit(changed)

    def _take_warnings(self) -> None:
        steps = read_percents(self.warn.text())
        wrong = _("Write whole percentages from 1 to 1000, such as 50, 75, 90.")
        self.warn_field.set_error(wrong if steps is None else "")
        if steps is not None:
            self._change(warn_percents=steps)


def read_percents(text: str) -> tuple[int, ...] | None:
    """Read "50, 75, 90 %"; None where a part is no whole percentage from 1 to 1000. Nothing is no steps."""
    plain = text.replace("%", " ").replace("，", ",").replace("、", ",").replace(",", " ")
    words = plain.split()
    if any(not word.isascii() or not word.isdigit() or not 1 <= int(word) <= 1000 for word in words):
        return None
    return tuple(sorted({int(word) for word in words}))


def _set_text(line: QLineEdit, text: str) -> None:
    if not line.hasFocus() and line.text() != text:
        line.setText(text)
