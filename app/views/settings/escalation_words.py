"""Escalation rules in words: whom a step tells, when nobody is disturbed, and what differs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from app.models.entities.escalation import EscalationRules, EscalationStep, Recipient
from app.models.entities.sla import ClockKind
from app.services.base.terms import term
from app.services.settings.escalation_edits import quiet_length, time_text
from app.views.base.i18n import N_, LazyText, _, current
from app.views.base.widgets.applybar import Change
from app.views.settings.sla_words import type_names

RECIPIENT_NAMES: Mapping[Recipient, LazyText] = {
    Recipient.OWNER: N_("Owner"),
    Recipient.ASSIGNEE: N_("Assignee"),
    Recipient.TEAM: N_("Everybody of the team"),
    Recipient.DUTY_SUPERVISOR: N_("Duty supervisor"),
    Recipient.PROCESS_MANAGER: N_("Process manager"),
    Recipient.DESK_MANAGER: N_("Desk manager"),
}
OF_THE_TICKET = frozenset({Recipient.OWNER, Recipient.ASSIGNEE, Recipient.TEAM})
"""Recipients that only a ticket can name."""

Names = Mapping[Recipient, tuple[str, ...]]
"""Who the others are just now."""


def recipient_name(recipient: Recipient, names: Names | None = None) -> str:
    """Return "Duty supervisor: Wang Fang"; without `names`, or for one a ticket names, the word alone."""
    word = str(RECIPIENT_NAMES[recipient])
    if names is None or recipient in OF_THE_TICKET or recipient not in names:
        return word
    who = _(", ").join(names[recipient]) or _("nobody just now")
    return _("{what}: {who}").format(what=word, who=who)


def recipients_text(recipients: Collection[Recipient], names: Names | None = None) -> str:
    """Return whom a step tells, always in the same order; "" for nobody."""
    return _(", ").join(recipient_name(one, names) for one in Recipient if one in recipients)


def clock_name(clock: ClockKind) -> str:
    """Return what a clock is called."""
    return term(current.texts, clock)


def types_text(step: EscalationStep) -> str:
    """Return which ticket types a step is for."""
    return _(", ").join(type_names(step.types)) or _("Any type")


def down_to_text(mildest: int) -> str:
    """Return down to which priority a step holds: "every priority", "P1 only", "P1 to P3"."""
    if mildest >= 5:
        return _("every priority")
    return _("P1 only") if mildest == 1 else _("P1 to P{priority}").format(priority=mildest)


def step_title(step: EscalationStep) -> str:
    """Return "Resolution · 90 %"."""
    return _("{clock} · {percent} %").format(clock=clock_name(step.clock), percent=step.percent)


def step_text(step: EscalationStep) -> str:
    """Return all a step does in one line."""
    parts = [recipients_text(step.recipients) or _("tells nobody")]
    if step.to_next_line:
        parts.append(_("to the next line"))
    if step.types:
        parts.append(types_text(step))
    if step.mildest < 5:
        parts.append(down_to_text(step.mildest))
    return " · ".join(parts)


def spared_text(spares: int) -> str:
    """Return which tickets break the quiet hours."""
    if spares <= 0:
        return _("None")
    return _("All of them") if spares >= 5 else down_to_text(spares)


def quiet_text(rules: EscalationRules) -> str:
    """Return from when to when nobody is disturbed, in a few words."""
    if not quiet_length(rules):
        return _("none")
    return f"{time_text(rules.quiet_from)}–{time_text(rules.quiet_until)}"


def quiet_sentence(rules: EscalationRules) -> str:
    """Return what the quiet hours mean."""
    if not quiet_length(rules):
        return _("There are no quiet hours: every step is told at once, by day and by night.")
    over_midnight = rules.quiet_from > rules.quiet_until
    when = (
        _("From {start} until {end} the next morning") if over_midnight else _("From {start} until {end}")
    ).format(start=time_text(rules.quiet_from), end=time_text(rules.quiet_until))
    if rules.quiet_spares >= 5:
        return _("{when} every ticket breaks the quiet: they spare nobody.").format(when=when)
    if rules.quiet_spares <= 0:
        return _("{when} every notice waits until the end, except for whoever is on duty.").format(when=when)
    sentence = _(
        "{when} notices about tickets milder than P{priority} wait until the end, except for whoever is on"
        " duty."
    )
    return sentence.format(when=when, priority=rules.quiet_spares)


def storm_sentence(rules: EscalationRules) -> str:
    """Return what a storm means."""
    sentence = _(
        "When {count} or more steps fall due for one person within {minutes} minutes, they are told as one"
        " notice that counts the tickets."
    )
    return sentence.format(count=rules.storm_count, minutes=rules.storm_minutes)


def escalation_changes(before: EscalationRules, after: EscalationRules) -> tuple[Change, ...]:
    """Return what differs: steps that came, went, moved or changed, then quiet hours and storm."""
    return tuple(_changes(before, after))


def _changes(before: EscalationRules, after: EscalationRules) -> Iterator[Change]:
    old = {step.code: step for step in before.steps}
    new = {step.code: step for step in after.steps}
    gone = [old[code] for code in old if code not in new]
    come = [new[code] for code in new if code not in old]
    for step in gone:
        moved = next((one for one in come if _is_moved(step, one)), None)
        if moved is None:
            yield Change(step_title(step), step_text(step), "–")
        else:
            come.remove(moved)
            label = _("{clock} · step").format(clock=clock_name(step.clock))
            yield Change(label, _("{percent} %").format(percent=step.percent), _percent(moved))
    for step in come:
        yield Change(step_title(step), "–", step_text(step))
    for code, step in new.items():
        if code in old and old[code] != step:
            yield Change(step_title(step), step_text(old[code]), step_text(step))
    yield from _calm_changes(before, after)


def _calm_changes(before: EscalationRules, after: EscalationRules) -> Iterator[Change]:
    if quiet_text(before) != quiet_text(after):
        yield Change(_("Quiet hours"), quiet_text(before), quiet_text(after))
    if before.quiet_spares != after.quiet_spares:
        label = _("Tickets that break the quiet")
        yield Change(label, spared_text(before.quiet_spares), spared_text(after.quiet_spares))
    if (before.storm_count, before.storm_minutes) != (after.storm_count, after.storm_minutes):
        texts = [
            _("{count} within {minutes} min").format(count=one.storm_count, minutes=one.storm_minutes)
            for one in (before, after)
        ]
        yield Change(_("Many at once"), *texts)


def _is_moved(step: EscalationStep, other: EscalationStep) -> bool:
    return step.clock is other.clock and step_text(step) == step_text(other)


def _percent(step: EscalationStep) -> str:
    return _("{percent} %").format(percent=step.percent)
