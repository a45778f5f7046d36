"""`fill`: fills a month of the roster and says what it is worth, or why nothing fits."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.env import Env, table
from app.models.entities.filled import FillProgress, FillResult, ScoreLine, Trouble
from app.models.entities.filling import FillMode
from app.services.filling.commands import apply_fill
from app.services.filling.problems import strokes
from app.services.filling.queries import ToFill, fill_problem
from app.services.filling.running import LIMIT_SECONDS, fill
from app.services.roster.planned import month_dates


def register(commands: Any) -> None:
    """Add `fill`."""
    parser = commands.add_parser("fill", help="fill a month of the roster under its rules")
    parser.add_argument("month", metavar="MONTH", help="such as 2026-12; nothing before today is touched")
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--repair", action="store_true", help="change as few of the painted cells as possible")
    modes.add_argument("--holes", action="store_true", help="fill empty cells only")
    parser.add_argument("--strict", action="store_true", help="rules that only warn must hold as well")
    parser.add_argument("--contract", action="store_true", help="plan the hours agreed, not only the need")
    parser.add_argument("--seconds", type=float, default=LIMIT_SECONDS, help="look for so long at most (20)")
    parser.add_argument(
        "--apply", action="store_true", help="paint the result; without it nothing is changed"
    )


def run(args: argparse.Namespace, env: Env) -> int:
    """Print status, measures before and after, and the reasons; 1 where there is no roster."""
    first, last = month_dates(args.month)
    mode = FillMode.REPAIR if args.repair else FillMode.HOLES if args.holes else FillMode.ANEW
    asked = fill_problem(env.ctx, first, last, mode=mode, is_strict=args.strict, is_to_contract=args.contract)
    teller = _Teller(env)
    found = fill(asked.problem, teller.tell, limit_seconds=args.seconds)
    if args.apply and found.changes:
        apply_fill(env.ctx, strokes(found.changes, asked.cells))
    env.answer(_plain(found, is_applied=args.apply), lambda: _text(found, asked, env))
    return 0 if found.has_roster else 1


class _Teller:
    """Says a line for each better roster."""

    def __init__(self, env: Env) -> None:
        self._env = env
        self._told = 0

    def tell(self, progress: FillProgress) -> None:
        if progress.solutions > self._told:
            self._told = progress.solutions
            text = self._env.texts.pgettext("cli", "{seconds} s: cost {best}, at least {bound}")
            self._env.say(
                text.format(seconds=f"{progress.elapsed:.1f}", best=progress.best, bound=progress.bound)
            )


def _plain(found: FillResult, *, is_applied: bool) -> dict[str, Any]:
    return {
        "status": found.status,
        "cost": found.cost,
        "bound": found.bound,
        "seconds": round(found.seconds, 2),
        "seconds_to_first": found.seconds_to_first,
        "changes": found.changes,
        "before": found.before,
        "after": found.after,
        "explanation": found.explanation,
        "is_applied": is_applied and found.has_roster,
    }


def _text(found: FillResult, asked: ToFill, env: Env) -> str:
    pgettext = env.texts.pgettext
    lines = [pgettext("cli", "ended: {status}").format(status=found.status.value)]
    if found.has_roster:
        lines.append(
            pgettext("cli", "{cells} cells, {changes} changes, cost {cost}, at least {bound}").format(
                cells=len(found.cells), changes=len(found.changes), cost=found.cost, bound=found.bound
            )
        )
        heads = (pgettext("cli", "measure"), pgettext("cli", "before"), pgettext("cli", "after"))
        lines.append(table(_scores(found.before, found.after), heads))
    why = found.explanation
    if why is not None:
        for title, troubles in (
            (pgettext("cli", "by counting:"), why.checks),
            (pgettext("cli", "cannot all hold:"), why.conflict),
            (pgettext("cli", "would have to give way:"), why.relax),
        ):
            if troubles:
                lines += [title, table([_row(each, asked) for each in troubles])]
    return "\n".join(lines)


def _scores(before: tuple[ScoreLine, ...], after: tuple[ScoreLine, ...]) -> list[tuple[str, str, str]]:
    stood = {line.measure: line.amount for line in before}
    return [(line.measure.value, str(stood.get(line.measure, 0)), str(line.amount)) for line in after]


def _row(trouble: Trouble, asked: ToFill) -> tuple[str, ...]:
    instance = trouble.instance
    rule = instance.rule.value if instance is not None else ""
    person = instance.person_id if instance is not None else None
    return (
        trouble.on.isoformat(),
        rule,
        asked.shifts.get(trouble.template_id, "") if trouble.template_id is not None else "",
        asked.people.get(person, "") if person is not None else "",
        f"{trouble.found} / {trouble.allowed}",
    )
