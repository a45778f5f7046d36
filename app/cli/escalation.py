"""`escalation`: the steps in force; with `--ticket NUMBER`, what fired for a ticket, what comes, and when."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.cli.env import Env, table
from app.models.entities.escalation import EscalationRules, EscalationStep, FiringState, Recipient
from app.models.entities.sla import ClockKind
from app.services.background.ahead_queries import TicketEscalation, escalation_rules_now, ticket_escalation
from app.services.base.terms import term
from app.services.settings.escalation_edits import quiet_length, time_text

_EVERY_PRIORITY = 5


def register(commands: Any) -> None:
    """Add `escalation`."""
    parser = commands.add_parser(
        "escalation", help="the steps in force; what fired for a ticket, what comes next"
    )
    parser.add_argument("--ticket", type=int, metavar="NUMBER", help="tell about this ticket instead")


def run(args: argparse.Namespace, env: Env) -> int:
    """Print the steps in force, or one ticket's escalation."""
    if args.ticket is None:
        rules = escalation_rules_now(env.ctx)
        env.answer(rules.to_dict(), lambda: _rules_text(rules, env))
        return 0
    found = ticket_escalation(env.ctx, args.ticket)
    env.answer(found, lambda: _ticket_text(found, env))
    return 0


def _rules_text(rules: EscalationRules, env: Env) -> str:
    pgettext = env.texts.pgettext
    steps = sorted(rules.steps, key=lambda step: (step.clock.value, step.percent))
    lines = [table([_step(step, env) for step in steps]) or pgettext("cli", "no step is in force")]
    if quiet_length(rules):
        said = pgettext("cli", "Quiet hours {start}–{until}; P1 to P{spared} are told all the same")
        nobody = pgettext("cli", "Quiet hours {start}–{until}")
        times = {"start": time_text(rules.quiet_from), "until": time_text(rules.quiet_until)}
        lines.append((said if rules.quiet_spares else nobody).format(**times, spared=rules.quiet_spares))
    if rules.storm_count:
        said = pgettext("cli", "{count} steps for one person within {minutes} minutes are told as one")
        lines.append(said.format(count=rules.storm_count, minutes=rules.storm_minutes))
    return "\n".join(lines)


def _step(step: EscalationStep, env: Env) -> tuple[str, ...]:
    pgettext, names = env.texts.pgettext, _recipients(env)
    does = [names[one] for one in Recipient if one in step.recipients]
    if step.to_next_line:
        does.append(pgettext("cli", "to the next line"))
    holds = [term(env.texts, one) for one in sorted(step.types)]
    if step.mildest < _EVERY_PRIORITY:
        holds.append(pgettext("cli", "down to P{priority}").format(priority=step.mildest))
    return (term(env.texts, step.clock), f"{step.percent} %", ", ".join(does), ", ".join(holds))


def _recipients(env: Env) -> Mapping[Recipient, str]:
    gettext = env.texts.gettext
    return {
        Recipient.OWNER: gettext("Owner"),
        Recipient.ASSIGNEE: gettext("Assignee"),
        Recipient.TEAM: gettext("Everybody of the team"),
        Recipient.DUTY_SUPERVISOR: gettext("Duty supervisor"),
        Recipient.PROCESS_MANAGER: gettext("Process manager"),
        Recipient.DESK_MANAGER: gettext("Desk manager"),
    }


def _ticket_text(found: TicketEscalation, env: Env) -> str:
    pgettext = env.texts.pgettext
    lines = [f"#{found.number} {found.subject}", "", pgettext("cli", "Done:")]
    passed = pgettext("cli", "passed over, a higher step was told")
    done = [
        (f"  {_at(one.due_at, env)}", _words(one.step, env), "" if one.state is FiringState.FIRED else passed)
        for one in found.fired
    ]
    lines.append(table(done) or "  " + pgettext("cli", "nothing yet"))
    lines += ["", pgettext("cli", "Next, if nothing happens before:")]
    ahead = [(f"  {_at(one.due_at, env)}", _words(one.step, env)) for one in found.ahead]
    lines.append(table(ahead) or "  " + pgettext("cli", "nothing"))
    return "\n".join(lines)


def _words(code: str, env: Env) -> str:
    """Say a step's code: "Resolution 90 %: step"."""
    pgettext = env.texts.pgettext
    kind, *rest = code.split(":")
    if kind in set(ClockKind):
        rest, kind = [kind, *rest], "step"
    words = {
        "warn": pgettext("cli", "warning"),
        "breach": pgettext("cli", "broken"),
        "step": pgettext("cli", "escalation step"),
        "rise": pgettext("cli", "the priority rises"),
        "follow_up": pgettext("cli", "follow-up"),
        "waited": pgettext("cli", "waited too long"),
        "auto_resolve": pgettext("cli", "resolved without an answer"),
        "confirm_reminder": pgettext("cli", "reminder to confirm"),
        "auto_close": pgettext("cli", "closed without a word"),
        "told_near": pgettext("cli", "the time told to the user is near"),
        "told_over": pgettext("cli", "the time told to the user is over"),
    }
    clock = term(env.texts, ClockKind(rest[0])) if rest and rest[0] in set(ClockKind) else ""
    share = f"{rest[-1]} %" if rest and rest[-1].isdigit() and kind in {"warn", "step", "rise"} else ""
    return " ".join(part for part in (clock, share, words.get(kind, code)) if part)


def _at(moment: datetime, env: Env) -> str:
    return f"{moment.astimezone(env.zone):%Y-%m-%d %H:%M}"
