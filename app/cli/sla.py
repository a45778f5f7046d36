"""`sla explain NUMBER`: every counted span, pause and holiday of a ticket's clocks; `sla what-if`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.cli import sla_whatif
from app.cli.env import Env, table
from app.services.base.terms import term
from app.services.sla.explain_words import ExplainWords
from app.services.sla.supposing import Supposed
from app.services.tickets.console_queries import ClocksExplained, explained_clocks


def register(commands: Any) -> None:
    """Add `sla`."""
    parser = commands.add_parser("sla", help="why a clock shows what it shows; what other rules would do")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    explain = actions.add_parser("explain", help="every span of a ticket's clocks, with the rule behind it")
    explain.add_argument("number", type=int, help="the ticket's number")
    sla_whatif.register(actions)


def run(args: argparse.Namespace, env: Env) -> int:
    """Explain a ticket's clocks (1 where nothing was promised), or tell what other documents would do."""
    if args.action == "what-if":
        return sla_whatif.run(args, env)
    found = explained_clocks(env.ctx, args.number)
    env.answer({"number": found.ticket.number, "clocks": found.clocks}, lambda: _text(found, env))
    return 0 if found.clocks else 1


def _text(found: ClocksExplained, env: Env) -> str:
    """Say what the window says: the promise and the outcome, then every stretch with its span."""
    words = ExplainWords(
        env.texts,
        env.zone,
        lambda code: found.calendars.get(code, code),
        lambda reason: found.reasons.get(reason, ""),
    )
    lines = [f"#{found.ticket.number} {found.ticket.subject}"]
    if not found.clocks:
        lines.append(env.texts.pgettext("cli", "nothing was promised"))
    for kind, explained in found.clocks.items():
        stretches = [(words.span_text(line), words.line_text(line)) for line in explained]
        lines += ["", term(env.texts, kind), *(f"  {said}" for span, said in stretches if said and not span)]
        lines.append(table([(f"  {span}", said) for span, said in stretches if span]))
        if supposed := found.supposed.get(kind):
            lines += ["", "  " + env.texts.pgettext("cli", "What if, from now on:")]
            lines.append(table([_supposed(each, found.reasons, env) for each in supposed]))
    return "\n".join(lines)


def _supposed(supposed: Supposed, reasons: Mapping[int, str], env: Env) -> tuple[str, ...]:
    """Say one supposition, when the clock would be due, and how much would be left."""
    pgettext, asked, then = env.texts.pgettext, supposed.supposition, supposed.then
    if asked.reason_id is not None:
        what = pgettext("cli", "waiting: {reason}").format(reason=reasons.get(asked.reason_id, ""))
    elif asked.goes_on:
        what = pgettext("cli", "work goes on")
    else:
        what = f"P{asked.priority}"
    stands = pgettext("cli", "stands still") if then.is_paused else ""
    left = f"{pgettext('cli', 'remaining')} {_length(then.remaining)}"
    return ("  " + what, _at(then.due_at, env), stands, left)


def _at(moment: object, env: Env) -> str:
    return f"{moment.astimezone(env.zone):%Y-%m-%d %H:%M:%S}" if isinstance(moment, datetime) else ""


def _length(length: object) -> str:
    if not isinstance(length, timedelta):
        return ""
    seconds = round(abs(length).total_seconds())
    sign = "-" if length < timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
