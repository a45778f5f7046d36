"""An SLA table in words: whom a policy is for, how its times count, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.sla import ClockKind, ContactKind, ReopenPolicy, SlaPolicy, SlaTable, Target
from app.models.entities.tickets import TicketType
from app.models.entities.time import Allowance
from app.services.base.names import named
from app.services.base.terms import term
from app.services.calendars.rules import working_day_length
from app.services.priority.rules import effective_priority
from app.services.sla.edits import target_of
from app.services.sla.reach import Shadow
from app.services.sla.rises import in_order
from app.views.base.format import Format
from app.views.base.i18n import N_, _, current
from app.views.base.widgets.applybar import Change
from app.views.settings.level_words import hours, priorities
from app.views.settings.promises import allowance

CLOCK_HEADS = {
    ClockKind.RESPONSE: N_("Response"),
    ClockKind.FIRST_LINE: N_("First line"),
    ClockKind.RESOLUTION: N_("Resolution"),
    ClockKind.UPDATE_DUE: N_("Update every"),
    ClockKind.TASK_ACCEPT: N_("Take a task"),
}
"""What a policy can promise, in the order of the columns."""
CONTACT_NAMES = {
    ContactKind.LIVE_CHANNEL: N_("Registered while talking"),
    ContactKind.REPLY: N_("A reply to the requester"),
    ContactKind.CALL: N_("A telephone call"),
    ContactKind.PUBLIC_NOTE: N_("A note the requester reads"),
    ContactKind.CONFIRMATION: N_("Asking whether it is solved"),
    ContactKind.START: N_("Work begun, nobody told"),
}
REOPEN_NAMES = {
    ReopenPolicy.RESUME: N_("goes on"),
    ReopenPolicy.RESTART: N_("begins again"),
}


_EXAMPLE = 4  # the priority a sentence on rises speaks of


@dataclass(frozen=True, slots=True)
class Names:
    """The names behind the ids that a policy's conditions hold."""

    services: Mapping[int, str] = field(default_factory=dict)
    categories: Mapping[int, str] = field(default_factory=dict)


def policy_name(policy: SlaPolicy) -> str:
    """Return what a policy is called in the window's language."""
    return named(policy, current.code) or policy.code


def calendar_name(calendar: BusinessCalendar | None, code: str) -> str:
    """Return what a calendar is called; its code where it has no name or is gone."""
    return (named(calendar, current.code) if calendar is not None else "") or code


def type_names(types: frozenset[TicketType]) -> list[str]:
    """Return the names of ticket types in the order of the list everywhere."""
    return [term(current.texts, kind) for kind in TicketType if kind in types]


def conditions(policy: SlaPolicy, names: Names) -> dict[str, str]:
    """Return what a policy asks of a ticket, by the name of the condition; only what it does ask."""
    held = {
        "type": type_names(policy.types),
        "service": sorted(names.services.get(one, f"#{one}") for one in policy.service_ids),
        "category": sorted(names.categories.get(one, f"#{one}") for one in policy.category_ids),
        "company": sorted(policy.companies),
        "vip": [] if policy.vip is None else [_("VIP") if policy.vip else _("not VIP")],
    }
    return {name: _(", ").join(texts) for name, texts in held.items() if texts}


def applies_to(policy: SlaPolicy, names: Names) -> str:
    """Return in one line which tickets a policy is for."""
    held = conditions(policy, names)
    if not held:
        return _("For every ticket that no policy before it takes")
    return _("For: {conditions}").format(conditions=" · ".join(held.values()))


def how_it_counts(of: Allowance, calendar: BusinessCalendar | None, code: str, fmt: Format) -> str:
    """Return what runs while the time counts: "continuous", "Office hours", "1 d = 9 h"."""
    if calendar is None:
        return code
    day = working_day_length(calendar)
    if of.working_days:
        return _("{written} = {hours}").format(written=allowance(of), hours=hours(of.length(day), fmt))
    return _("continuous") if calendar.always_open else calendar_name(calendar, code)


def sla_changes(
    before: SlaTable, after: SlaTable, names: Names, calendars: Mapping[str, BusinessCalendar]
) -> tuple[Change, ...]:
    """Return what differs: policy by policy, then their order and what holds for all of them."""
    return tuple(_changes(before, after, names, calendars))


def _changes(
    before: SlaTable, after: SlaTable, names: Names, calendars: Mapping[str, BusinessCalendar]
) -> Iterator[Change]:
    old = {policy.code: policy for policy in before.policies}
    new = {policy.code: policy for policy in after.policies}
    for code in old.keys() - new.keys():
        yield Change(policy_name(old[code]), _("in force"), _("retired"))
    for code, policy in new.items():
        if code not in old:
            yield Change(policy_name(policy), "–", _("new, {n} targets").format(n=len(policy.targets)))
        else:
            yield from _policy_changes(old[code], policy, names, calendars)
    stayed = [code for code in old if code in new]
    now = [code for code in new if code in old]
    if stayed != now:
        lists = [_(", ").join(policy_name(new[code]) for code in order) for order in (stayed, now)]
        yield Change(_("Order of policies"), *lists)
    yield from _common_changes(before, after)


def _common_changes(before: SlaTable, after: SlaTable) -> Iterator[Change]:
    if before.contacts != after.contacts:
        label = _("What counts as a response")
        yield Change(label, contacts_text(before.contacts), contacts_text(after.contacts))
    if before.reopen is not after.reopen:
        texts = [str(REOPEN_NAMES[table.reopen]) for table in (before, after)]
        yield Change(_("A ticket that is reopened"), *texts)
    if in_order(before.rises) != in_order(after.rises):
        yield Change(_("Rising priority"), rises_text(before.rises), rises_text(after.rises))


def _policy_changes(
    before: SlaPolicy, after: SlaPolicy, names: Names, calendars: Mapping[str, BusinessCalendar]
) -> Iterator[Change]:
    name = policy_name(after)
    if (before.name, before.name_alt) != (after.name, after.name_alt):
        texts = [" / ".join(part for part in (one.name, one.name_alt) if part) for one in (before, after)]
        yield Change(_("{policy} · name").format(policy=policy_name(before)), *texts)
    if conditions(before, names) != conditions(after, names):
        yield Change(name, applies_to(before, names), applies_to(after, names))
    if before.warn_percents != after.warn_percents:
        label = _("{policy} · warnings").format(policy=name)
        yield Change(label, percents(before.warn_percents), percents(after.warn_percents))
    for priority in priorities():
        was, now = target_of(before, priority), target_of(after, priority)
        yield from _target_changes(name, priority, (was, now), calendars)


def _target_changes(
    name: str,
    priority: int,
    pair: tuple[Target | None, Target | None],
    calendars: Mapping[str, BusinessCalendar],
) -> Iterator[Change]:
    for clock in ClockKind:
        texts = [_allowed(target, clock) for target in pair]
        if texts[0] != texts[1]:
            clock_name = str(CLOCK_HEADS[clock]) if clock in CLOCK_HEADS else term(current.texts, clock)
            yield Change(f"{name} · P{priority} · {clock_name}", *texts)
    codes = [target.calendar if target is not None else "" for target in pair]
    if all(codes) and codes[0] != codes[1]:
        shown = [calendar_name(calendars.get(code), code) for code in codes]
        yield Change(f"{name} · P{priority} · {_('Calendar')}", *shown)


def contacts_text(contacts: frozenset[ContactKind]) -> str:
    """Return what counts as a response, in the order of the list."""
    names = [str(name) for kind, name in CONTACT_NAMES.items() if kind in contacts]
    return _(", ").join(names) or _("none")


def rises_text(rises: Sequence[tuple[int, int]]) -> str:
    """Return "at 75 % up 1, at 90 % up 2"."""
    one = _("at {percent} % up {steps}")
    return _(", ").join(one.format(percent=at, steps=by) for at, by in in_order(rises)) or _("none")


def rises_sentence(rises: Sequence[tuple[int, int]]) -> str:
    """Return what rises mean for a ticket of P4."""
    if not rises:
        return _("No ticket rises: it counts as what it was registered with.")
    one = _("from {percent} % on as P{priority}")
    counted = [
        one.format(percent=at, priority=effective_priority(_EXAMPLE, at, rises))
        for at, _by in in_order(rises)
    ]
    sentence = _(
        "Of the resolution time. A P{example} counts {counted}; nothing rises above P1, and the registered"
        " priority stays."
    )
    return sentence.format(example=_EXAMPLE, counted=_(", ").join(counted))


def refusal(policy: SlaPolicy, failed: Sequence[str], priority: int, names: Names) -> str:
    """Return why a policy does not take a ticket: "it is for Inquiry", "it promises nothing for P4"."""
    held = conditions(policy, names)
    asked = " · ".join(held[name] for name in failed if name in held)
    parts = [_("it is for {conditions}").format(conditions=asked)] if asked else []
    if "priority" in failed:
        parts.append(_("it promises nothing for P{priority}").format(priority=priority))
    return _(", ").join(parts)


def shadow_sentence(policy: SlaPolicy, shadow: Shadow, table: SlaTable) -> str:
    """Return which earlier policies keep a policy from its tickets."""
    names = {held.code: policy_name(held) for held in table.policies}
    before = _(", ").join(names[code] for code in shadow.by)
    if shadow.is_whole:
        sentence = _("“{policy}” can never hold: every such ticket is taken before by {before}.")
        return sentence.format(policy=policy_name(policy), before=before)
    sentence = _(
        "The rows {priorities} of “{policy}” can never hold: such tickets are taken before by {before}."
    )
    rows = _(", ").join(f"P{priority}" for priority in shadow.priorities)
    return sentence.format(priorities=rows, policy=policy_name(policy), before=before)


def percents(steps: tuple[int, ...]) -> str:
    """Return "50, 75, 90 %"."""
    return _("{steps} %").format(steps=", ".join(str(step) for step in steps)) if steps else _("none")


def _allowed(target: Target | None, clock: ClockKind) -> str:
    return allowance(target.allowances[clock]) if target is not None and clock in target.allowances else "–"
