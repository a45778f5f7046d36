"""What people do to shifts: add, change with their coverage, retire. Each is one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from app.models.entities.calendars import DayType, Window
from app.models.entities.errors import BadInput, NotFound
from app.models.entities.events import RosterChanged
from app.models.entities.ids import TeamId, TemplateId
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.models.transactions import Reader, Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.ordering import move_before
from app.services.base.undo import Outcome, Undo
from app.services.roster.queries import load_coverage, load_templates

LONGEST_CODE = 4
LONGEST_NAME = 60
MOST_PEOPLE = 99
TONES = ("d", "n", "m", "g", "t", "k")
"""The colours of shifts, by their names in the tokens."""


@dataclass(frozen=True, slots=True)
class Need:
    """How many people of a team (None: the whole desk) a shift needs on a type of day."""

    team_id: TeamId | None
    day_type: DayType
    minimum: int


@dataclass(frozen=True, slots=True)
class ShiftDetails:
    """Everything about a shift that somebody types. An absence or standby needs nobody."""

    code: str
    name: str
    name_alt: str = ""
    kind: ShiftKind = ShiftKind.WORK
    start_minute: int = 8 * 60
    duration_minute: int = 8 * 60
    tone: str = "d"
    needs: tuple[Need, ...] = ()


def check_shift(details: ShiftDetails) -> None:
    """Refuse a shift that cannot be planned with.

    Raises:
        BadInput: `settings.code_missing`, `settings.name_missing`, `catalogue.text_too_long`,
            `calendar.window_impossible` (work without a length, or hours that no day has),
            `settings.out_of_range` (a need of nobody or of more than 99).
    """
    if not details.code.strip():
        raise BadInput("settings.code_missing", entry=details.code)
    if not details.name.strip():
        raise BadInput("settings.name_missing", entry=details.code)
    if len(details.code.strip()) > LONGEST_CODE:
        raise BadInput("catalogue.text_too_long", longest=LONGEST_CODE)
    if max(len(details.name.strip()), len(details.name_alt.strip())) > LONGEST_NAME:
        raise BadInput("catalogue.text_too_long", longest=LONGEST_NAME)
    if details.kind is not ShiftKind.ABSENCE or details.duration_minute:
        Window(details.start_minute, details.duration_minute)
    for need in details.needs:
        if not 1 <= need.minimum <= MOST_PEOPLE:
            raise BadInput(
                "settings.out_of_range", name=details.code, value=need.minimum, least=1, most=MOST_PEOPLE
            )


@command(permission="settings.edit", serializable=True)
def add_shift(ctx: Context, tx: Transaction, details: ShiftDetails) -> Outcome:
    """Add a shift behind the others.

    Raises:
        BadInput: what `check_shift` raises, `settings.code_taken`.
    """
    check_shift(details)
    position = int(tx.value("SELECT COALESCE(MAX(position), 0) FROM shift_template")) + 1
    shift_id = TemplateId(tx.insert("shift_template", {**_columns(tx, details, 0), "position": position}))
    _write_needs(tx, shift_id, details)
    tx.announce(RosterChanged())
    back = partial(set_shift_active, ctx, shift_id, version=1, is_active=False)
    return Outcome(shift_id, 1, Undo("settings.entry_added", back, {"name": details.name}))


@command(permission="settings.edit", serializable=True)
def edit_shift(
    ctx: Context, tx: Transaction, shift_id: TemplateId, details: ShiftDetails, *, version: int
) -> Outcome:
    """Change a shift and the people it needs; every roster shows it so from now on, past ones too.

    Raises:
        BadInput: what `check_shift` raises, `settings.code_taken`.
        NotFound: `roster.shift_not_found`.
        StaleRecord: as every edit.
    """
    check_shift(details)
    before = _details_of(tx, _load(tx, shift_id))
    new = tx.update_versioned("shift_template", shift_id, version, _columns(tx, details, shift_id))
    _write_needs(tx, shift_id, details)
    tx.announce(RosterChanged())
    back = partial(edit_shift, ctx, shift_id, before, version=new)
    return Outcome(shift_id, new, Undo("settings.entry_changed", back, {"name": details.name}))


@command(permission="settings.edit")
def set_shift_active(
    ctx: Context, tx: Transaction, shift_id: TemplateId, *, version: int, is_active: bool
) -> Outcome:
    """Plan with a shift no longer, or again; rosters keep it. NotFound, StaleRecord as every edit."""
    _load(tx, shift_id)
    new = tx.update_versioned("shift_template", shift_id, version, {"is_active": is_active})
    tx.announce(RosterChanged())
    back = partial(set_shift_active, ctx, shift_id, version=new, is_active=not is_active)
    code = "settings.entry_restored" if is_active else "settings.entry_retired"
    return Outcome(shift_id, new, Undo(code, back))


@command(permission="settings.edit", serializable=True)
def move_shift(
    ctx: Context, tx: Transaction, shift_id: TemplateId, *, version: int, before_id: int | None
) -> Outcome:
    """Let a shift stand before another; None: last. NotFound, StaleRecord as every edit."""
    before = _load(tx, shift_id)
    new, old_next = move_before(tx, "shift_template", shift_id, version, before_id)
    tx.announce(RosterChanged())
    back = partial(move_shift, ctx, shift_id, version=new, before_id=old_next)
    return Outcome(shift_id, new, Undo("settings.entry_moved", back, {"name": before.name}))


def _load(read: Reader, shift_id: TemplateId) -> ShiftTemplate:
    for template in load_templates(read, include_retired=True):
        if template.id == shift_id:
            return template
    raise NotFound("roster.shift_not_found", id=shift_id)


def _details_of(read: Reader, template: ShiftTemplate) -> ShiftDetails:
    needs = (
        Need(rule.team_id, DayType(rule.day_type), rule.minimum)
        for rule in load_coverage(read)
        if rule.template_id == template.id
    )
    return ShiftDetails(
        code=template.code,
        name=template.name,
        name_alt=template.name_alt,
        kind=template.kind,
        start_minute=template.start_minute,
        duration_minute=template.duration_minute,
        tone=template.tone,
        needs=tuple(needs),
    )


def _columns(tx: Transaction, details: ShiftDetails, shift_id: int) -> dict[str, object]:
    code = details.code.strip()
    if tx.one("SELECT 1 FROM shift_template WHERE code = ? AND id <> ?", (code, shift_id)) is not None:
        raise BadInput("settings.code_taken", entry=code)
    return {
        "code": code,
        "name": details.name.strip(),
        "name_alt": details.name_alt.strip(),
        "kind": details.kind.value,
        "start_minute": details.start_minute,
        "duration_minute": details.duration_minute,
        "tone": details.tone,
    }


def _write_needs(tx: Transaction, shift_id: TemplateId, details: ShiftDetails) -> None:
    """Replace the shift's coverage; of two needs of one team on one type of day the larger one counts."""
    tx.execute("DELETE FROM coverage_rule WHERE template_id = ?", (shift_id,))
    needs = details.needs if details.kind is ShiftKind.WORK else ()
    for need in _merged(needs):
        tx.insert(
            "coverage_rule",
            {
                "template_id": shift_id,
                "team_id": need.team_id,
                "day_type": need.day_type.value,
                "minimum": need.minimum,
            },
        )


def _merged(needs: Iterable[Need]) -> list[Need]:
    largest: dict[tuple[TeamId | None, DayType], Need] = {}
    for need in needs:
        key = (need.team_id, need.day_type)
        known = largest.get(key)
        if known is None or known.minimum < need.minimum:
            largest[key] = need
    return list(largest.values())
