"""Waiting reasons: why a ticket may wait, which clocks stand still, for how long at most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.errors import FirstlineError
from app.models.entities.ids import ReasonId
from app.models.entities.settings import ReasonDetails, WaitingReason
from app.models.entities.sla import WaitingRule
from app.models.entities.tickets import WaitingKind
from app.models.entities.whatif import Proposal
from app.services.base.context import Context
from app.services.base.terms import term
from app.services.base.undo import Outcome
from app.services.settings import rules
from app.services.settings.commands import (
    add_waiting_reason,
    edit_waiting_reason,
    restore_waiting_reason,
    retire_waiting_reason,
)
from app.services.settings.current import waiting_rule
from app.services.settings.level_queries import ServiceLevels, service_levels
from app.services.settings.order_commands import move_entry
from app.services.settings.queries import waiting_reasons
from app.services.tickets.use_queries import waiting_uses
from app.views.base.columns import CellKind, Column
from app.views.base.forms import Binding, binding_of
from app.views.base.i18n import N_, _, current
from app.views.base.pages import PageEnv
from app.views.base.widgets.fields import Choose, NumberField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.base.widgets.switches import Toggle
from app.views.settings.choices import reading_together, shown_name
from app.views.settings.inputs import fill
from app.views.settings.promises import calendars_of, kept_allowance, shown_allowance
from app.views.settings.reason_words import reason_example
from app.views.settings.records import NEW, RecordKind, Values
from app.views.settings.records_pane import RecordsPane, look_of
from app.views.settings.whatif_beside import put_below
from app.views.settings.whatif_link import Consequences
from app.views.settings.whatif_words import WhatIfKind

_MOST_FOLLOW_UPS = 99


class ReasonKind(RecordKind[WaitingReason]):
    """Waiting reasons, with how many tickets wait under each now."""

    fields_of: Mapping[str, str] = {
        "settings.name_missing": "name",
        "settings.code_missing": "code",
        "settings.code_taken": "code",
        "settings.follow_ups_range": "auto_resolve_after",
        "settings.no_follow_ups": "auto_resolve_after",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.uses: Mapping[int, int] = {}
        self.levels: ServiceLevels | None = None

    def reading(self) -> Callable[[], Any]:
        return reading_together(
            partial(waiting_reasons, self._ctx, include_retired=True),
            partial(waiting_uses, self._ctx),
            partial(service_levels, self._ctx),
        )

    def rows(self, answer: Any) -> Sequence[WaitingReason]:
        found, self.uses, self.levels = answer
        reasons: Sequence[WaitingReason] = found
        return reasons

    def name(self, record: WaitingReason) -> str:
        return shown_name(record.details.name, record.details.name_alt)

    def searched(self, record: WaitingReason) -> Iterable[str]:
        return (record.details.code, record.details.name, record.details.name_alt)

    def values(self, record: WaitingReason) -> Values:
        details = record.details
        return {
            "name": details.name,
            "name_alt": details.name_alt,
            "code": details.code,
            "kind": details.kind.value,
            "pauses_response": details.pauses_response,
            "pauses_resolution": details.pauses_resolution,
            "longest": shown_allowance(details.longest),
            "follow_up_every": shown_allowance(details.follow_up_every),
            "auto_resolve_after": details.auto_resolve_after,
        }

    def blank(self) -> Values:
        return {
            "name": "",
            "name_alt": "",
            "code": "",
            "kind": WaitingKind.USER.value,
            "pauses_response": False,
            "pauses_resolution": True,
            "longest": "",
            "follow_up_every": "",
            "auto_resolve_after": 0,
        }

    def check(self, values: Values) -> None:
        rules.check_reason(_details(values))

    def field_of(self, error: FirstlineError) -> str | None:
        """See `RecordKind.field_of`: both periods are refused by the same codes."""
        named = error.params.get("input")
        return str(named) if named else super().field_of(error)

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_waiting_reason, self._ctx, _details(values))

    def editing(self, record: WaitingReason, values: Values) -> Callable[[], Outcome]:
        return partial(edit_waiting_reason, self._ctx, record.id, _details(values), version=record.version)

    is_ordered = True

    def placing(self, record: WaitingReason, before_id: int | None) -> Callable[[], Outcome]:
        return partial(
            move_entry, self._ctx, "waiting_reason", record.id, version=record.version, before_id=before_id
        )

    def switching(self, record: WaitingReason, *, is_active: bool) -> Callable[[], Outcome]:
        switch = restore_waiting_reason if is_active else retire_waiting_reason
        return partial(switch, self._ctx, record.id, version=record.version)


class ReasonsPane(RecordsPane[WaitingReason]):
    """A reason stops the clocks it says; tickets that wait under it are judged by it from the next moment."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        self.reasons = ReasonKind(ctx)
        empty = EmptyState(
            "circle-pause", _("No waiting reason here"), _("Without one, no ticket can be set waiting.")
        )
        super().__init__(ctx, env, self.reasons, self._make_columns(), empty, parent=parent)
        self.what_if = Consequences(self, WhatIfKind.WAITING)
        put_below(self, self.what_if.card)
        self.presenter.typed_changed.connect(self._show_consequences)

    @property
    def apply_note(self) -> str:
        return self.what_if.note

    def _show_consequences(self) -> None:
        edited = [each for each in self.presenter.unsaved if each != NEW]  # nobody waits under a new one
        self.what_if.show(
            lambda: Proposal(waiting={ReasonId(each): self._rule(each) for each in edited}),
            is_changed=bool(edited),
            basis=tuple((row.id, row.version) for row in self.presenter.rows),
            wrong=self.presenter.blocked,
        )

    def _rule(self, reason_id: int) -> WaitingRule:
        reason, typed = self.presenter.record(reason_id), self.presenter.typed(reason_id)
        if reason is None or typed is None:
            raise LookupError(reason_id)
        return waiting_rule(replace(reason, details=_details(typed)))

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New waiting reason")

    def _make_columns(self) -> Sequence[Column[WaitingReason]]:
        return (
            Column("name", N_("Waiting reason"), self.reasons.name, look=look_of, is_stretched=True),
            Column("pauses", N_("Clocks that stand"), _pauses, width=150, look=look_of),
            Column(
                "longest",
                N_("At most"),
                lambda each: shown_allowance(each.details.longest),
                width=80,
                look=look_of,
            ),
            Column(
                "uses",
                N_("Waiting now"),
                lambda each: str(self.reasons.uses.get(each.id, "")),
                CellKind.NUMBER,
                width=96,
            ),
        )

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        kind = Choose()
        fill(kind, [(term(current.texts, each), each.value) for each in WaitingKind])
        self.place(
            self.add_field("name", _("Name in English"), QLineEdit(), required=True),
            self.add_field("name_alt", _("Name in Chinese"), QLineEdit()),
        )
        self.place(
            self.add_field("code", _("Code"), QLineEdit(), required=True),
            self.add_field("kind", _("Kind"), kind),
        )
        response = Toggle(_("The response clock stands still"), shown=True)
        resolution = Toggle(_("The resolution clock stands still"), shown=True)
        self.place(self.add_field("pauses_response", _("Response"), response))
        self.place(self.add_field("pauses_resolution", _("Resolution"), resolution))
        longest, again = QLineEdit(), QLineEdit()
        times = NumberField(0, _MOST_FOLLOW_UPS)
        times.setSpecialValueText(_("never"))
        self.place(self.add_field("longest", _("Clocks stand at most"), longest, hint=_("such as 5 d")))
        self.place(
            self.add_field("follow_up_every", _("Ask again every"), again, hint=_("such as 1 d")),
            self.add_field(
                "auto_resolve_after",
                _("Resolve after"),
                times,
                hint=_("unanswered"),
                binding=_told_times(times),
            ),
        )
        self.example = PlainLabel("", "muted", wrap=True)
        self.fields.addWidget(self.example)
        self.form.changed.connect(self._show_example)
        self.env.ticker.minute.connect(self._show_example)

    def show_record(self, record: WaitingReason | None) -> None:
        """See `FormPane.show_record`."""
        del record
        self._show_example()

    def _show_example(self) -> None:
        """Say what the reason would do to a ticket that is set waiting now."""
        levels = self.reasons.levels
        calendars = calendars_of(levels) if levels is not None else {}
        if levels is None or not calendars:
            return
        code = levels.site_calendar if levels.site_calendar in calendars else min(calendars)
        now = self.ctx.clock.now()
        lines = reason_example(self.form.values, calendars[code], code, now, self.env.format)
        self.example.setText("\n".join(lines))


def _told_times(field: NumberField) -> Binding:
    """Bind a count of follow-ups whose 0 reads as "never"."""
    return replace(binding_of(field), told=lambda count: str(count) if count else _("never"))


def _pauses(reason: WaitingReason) -> str:
    details = reason.details
    if details.pauses_response and details.pauses_resolution:
        return _("Both")
    if details.pauses_resolution:
        return _("Resolution")
    return _("Response") if details.pauses_response else _("Neither")


def _details(values: Values) -> ReasonDetails:
    spans = {name: kept_allowance(values[name]) for name in ("longest", "follow_up_every")}
    return ReasonDetails(**{**values, **spans, "kind": WaitingKind(values["kind"])})
