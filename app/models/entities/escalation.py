"""What escalation is: steps at a share of the target used, whom they tell, and when nobody is disturbed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.models.entities.errors import BadInput
from app.models.entities.forms import WrongKind, list_in, mapping_in, number_in, text_in
from app.models.entities.ids import TicketId
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import TicketType

MOST_PERCENT = 1000
_DAY = 24 * 60


class Recipient(StrEnum):
    """Whom a step tells; who that is, is looked up at the moment it falls due."""

    OWNER = "owner"
    ASSIGNEE = "assignee"
    TEAM = "team"  # everybody of the ticket's team
    DUTY_SUPERVISOR = "duty_supervisor"  # from the roster, of that moment
    PROCESS_MANAGER = "process_manager"
    DESK_MANAGER = "desk_manager"


HIERARCHY = frozenset({Recipient.DUTY_SUPERVISOR, Recipient.PROCESS_MANAGER, Recipient.DESK_MANAGER})


@dataclass(frozen=True)
class EscalationStep:
    """At `percent` of a clock's target: tell people, and where `to_next_line` send the ticket on.

    Empty `types` means every type; `mildest` is the lowest priority it holds for (5: all). Sending on is the
    functional escalation: to the team of the category's next line; where there is none, people are only told.
    """

    percent: int
    clock: ClockKind = ClockKind.RESOLUTION
    recipients: frozenset[Recipient] = frozenset()
    to_next_line: bool = False
    types: frozenset[TicketType] = frozenset()
    mildest: int = 5

    @property
    def code(self) -> str:
        """Name the step within a ticket's life: "resolution:90"; two steps never share one."""
        return f"{self.clock.value}:{self.percent}"

    def holds_for(self, ticket_type: TicketType, priority: int) -> bool:
        """Tell whether a ticket of this type and effective priority is meant."""
        return (not self.types or ticket_type in self.types) and priority <= self.mildest

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form that `from_dict` reads; what is not said has its default."""
        data: dict[str, Any] = {"percent": self.percent, "clock": self.clock.value}
        if self.recipients:
            data["recipients"] = sorted(self.recipients)
        if self.to_next_line:
            data["to_next_line"] = True
        if self.types:
            data["types"] = sorted(self.types)
        if self.mildest != 5:
            data["mildest"] = self.mildest
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> EscalationStep:
        """Read the form of `to_dict`.

        Raises:
            BadInput: `escalation.step_bad`, `escalation.field_unknown`.
        """
        try:
            _refuse_unknown(mapping_in(data), set(cls.__dataclass_fields__))
            return cls(
                percent=number_in(data.get("percent")),
                clock=ClockKind(text_in(data.get("clock", ClockKind.RESOLUTION.value))),
                recipients=frozenset(Recipient(text_in(one)) for one in list_in(data.get("recipients", ()))),
                to_next_line=data.get("to_next_line", False) is True,
                types=frozenset(TicketType(text_in(kind)) for kind in list_in(data.get("types", ()))),
                mildest=number_in(data.get("mildest", 5)),
            )
        except (WrongKind, ValueError) as error:
            raise BadInput("escalation.step_bad", value=str(data)[:60]) from error


@dataclass(frozen=True)
class EscalationRules:
    """What happens while promised time runs out. Versioned as a whole, as document `escalation` of the site.

    Quiet hours are minutes of the local day, [from, until), over midnight where `until` is smaller; equal
    means none. Notices about tickets of a priority milder than `quiet_spares` wait until they end, unless the
    recipient is on duty. A storm is `storm_count` or more steps for one recipient within `storm_minutes`:
    they are told as one.
    """

    steps: tuple[EscalationStep, ...] = ()
    quiet_from: int = 0
    quiet_until: int = 0
    quiet_spares: int = 2
    storm_count: int = 10
    storm_minutes: int = 10

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form that `from_dict` reads."""
        return {
            "steps": [step.to_dict() for step in self.steps],
            "quiet_from": self.quiet_from,
            "quiet_until": self.quiet_until,
            "quiet_spares": self.quiet_spares,
            "storm_count": self.storm_count,
            "storm_minutes": self.storm_minutes,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> EscalationRules:
        """Read the form of `to_dict`; everything has a default.

        Raises:
            BadInput: `escalation.rules_bad`, `escalation.field_unknown`, or what a step raises.
        """
        try:
            _refuse_unknown(mapping_in(data), set(cls.__dataclass_fields__))
            numbers = {
                name: number_in(data[name])
                for name in ("quiet_from", "quiet_until", "quiet_spares", "storm_count", "storm_minutes")
                if name in data
            }
            given = list_in(data.get("steps", ()))
            steps = tuple(EscalationStep.from_dict(mapping_in(step)) for step in given)
        except WrongKind as wrong:
            raise BadInput("escalation.rules_bad", value=str(wrong)[:60]) from wrong
        if any(not 0 <= numbers.get(name, 0) <= _DAY for name in ("quiet_from", "quiet_until")):
            raise BadInput("escalation.rules_bad", value="quiet")
        return cls(steps, **numbers)


# RULES 3: owner at 75 %, duty supervisor at 90 %, the process manager at 100 %, the desk's manager at 150 %.
DEFAULT_RULES = EscalationRules(
    steps=(
        EscalationStep(75, recipients=frozenset({Recipient.OWNER, Recipient.ASSIGNEE})),
        EscalationStep(90, recipients=frozenset({Recipient.DUTY_SUPERVISOR})),
        EscalationStep(100, recipients=frozenset({Recipient.DUTY_SUPERVISOR, Recipient.PROCESS_MANAGER})),
        EscalationStep(150, recipients=frozenset({Recipient.DESK_MANAGER})),
    ),
    quiet_from=22 * 60,
    quiet_until=7 * 60,
)


class FiringState(StrEnum):
    """What became of a step that fell due."""

    FIRED = "fired"
    SKIPPED = "skipped"  # a higher step was due at the same look: only that one was told


@dataclass(frozen=True, slots=True)
class Firing:
    """One step that fell due for one ticket. `cycle` grows with each new promise and each reopening."""

    ticket_id: TicketId
    step: str
    cycle: int
    state: FiringState


def _refuse_unknown(data: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(str(key) for key in data if key not in known):
        raise BadInput("escalation.field_unknown", field=unknown[0])
