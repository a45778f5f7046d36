"""`sla what-if`: what other documents would have done to recent tickets, and would do to open ones."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from app.cli.env import Env, table
from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput
from app.models.entities.priority import MatrixDefinition
from app.models.entities.sla import SlaTable
from app.models.entities.whatif import OpenEffect, Proposal, WhatIf
from app.services.whatif.queries import what_if

_Document = TypeVar("_Document")
# More open tickets than fit a screen are a matter for the window, or for --json.
_LISTED = 20


def register(actions: Any) -> None:
    """Add `sla what-if`."""
    parser = actions.add_parser("what-if", help="what edited documents would do; nothing is changed")
    parser.add_argument("--matrix", type=Path, metavar="FILE", help="a priority matrix, as JSON")
    parser.add_argument("--sla", type=Path, metavar="FILE", help="an SLA table, as JSON")
    parser.add_argument(
        "--calendar",
        type=_calendar_argument,
        action="append",
        default=[],
        metavar="CODE=FILE",
        help="a calendar, as JSON; may be given several times",
    )
    parser.add_argument("--days", type=int, default=90, help="how far back tickets are replayed (90)")


def run(args: argparse.Namespace, env: Env) -> int:
    """Print the consequences of the documents given; without any, of applying those in force."""
    proposal = Proposal(
        matrix=_read(args.matrix, MatrixDefinition.from_dict),
        sla=_read(args.sla, SlaTable.from_dict),
        calendars={code: _document(file, BusinessCalendar.from_dict) for code, file in args.calendar},
    )
    found = what_if(env.ctx, proposal, days=args.days)
    env.answer(found, lambda: _text(found, env))
    return 0


def _calendar_argument(text: str) -> tuple[str, Path]:
    code, equals, file = text.partition("=")
    if not (code and equals and file):
        raise argparse.ArgumentTypeError("CODE=FILE")
    return code, Path(file)


def _read(file: Path | None, read: Callable[[Mapping[str, Any]], _Document]) -> _Document | None:
    return None if file is None else _document(file, read)


def _document(file: Path, read: Callable[[Mapping[str, Any]], _Document]) -> _Document:
    try:
        data = json.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput("whatif.file_unreadable", file=str(file)) from error
    return read(data)


def _text(found: WhatIf, env: Env) -> str:
    pgettext = env.texts.pgettext
    heads = (
        pgettext("cli", "priority"),
        pgettext("cli", "tickets"),
        pgettext("cli", "in time"),
        "",
        pgettext("cli", "tickets would be"),
        pgettext("cli", "in time would be"),
    )
    rows = [
        (
            f"P{effect.priority}",
            str(effect.before.tickets),
            _share(effect.before.share),
            "→",
            str(effect.after.tickets),
            _share(effect.after.share),
        )
        for effect in found.effects
    ]
    whole = (
        pgettext("cli", "all"),
        str(found.tickets),
        _share(found.share_before),
        "→",
        str(found.tickets),
        _share(found.share_after),
    )
    parts = [
        pgettext("cli", "{count} tickets of {days} days replayed").format(
            count=found.tickets, days=found.days
        ),
        table([*rows, whole], heads),
        _changes(found, env),
    ]
    if found.felt:
        parts.append(_felt(found, env))
    parts.append(_open(found, env))
    return "\n\n".join(parts)


def _changes(found: WhatIf, env: Env) -> str:
    pgettext = env.texts.pgettext
    lines = [
        pgettext("cli", "{up} rise, {down} fall in priority").format(up=found.up, down=found.down),
        pgettext("cli", "{missed} newly missed, {met} newly in time").format(
            missed=found.newly_missed, met=found.newly_met
        ),
    ]
    if found.unknown:
        text = pgettext("cli", "{count} keep their priority: the matrix lacks their levels")
        lines.append(text.format(count=found.unknown))
    if found.peak is not None:
        text = pgettext("cli", "{before} → {after} people needed in the busiest hour ({tickets} tickets)")
        before, after = (0 if each is None else each for each in (found.peak.before, found.peak.after))
        lines.append(text.format(before=before, after=after, tickets=found.peak.tickets))
    return "\n".join(lines)


def _felt(found: WhatIf, env: Env) -> str:
    pgettext = env.texts.pgettext
    heads = (
        pgettext("cli", "category"),
        pgettext("cli", "rise"),
        pgettext("cli", "fall"),
        pgettext("cli", "newly missed"),
        pgettext("cli", "newly in time"),
    )
    none = pgettext("cli", "(no category)")
    rows = [
        (each.name or none, str(each.up), str(each.down), str(each.newly_missed), str(each.newly_met))
        for each in found.felt[:_LISTED]
    ]
    return table(rows, heads)


def _open(found: WhatIf, env: Env) -> str:
    pgettext = env.texts.pgettext
    text = pgettext("cli", "{changing} of {count} open tickets would change, {overdue} be overdue at once")
    line = text.format(
        changing=found.open_changing, count=found.open_tickets, overdue=found.open_becoming_overdue
    )
    if not found.open_changes:
        return line
    return line + "\n" + table([_row(effect, env) for effect in found.open_changes[:_LISTED]])


def _row(effect: OpenEffect, env: Env) -> tuple[str, ...]:
    return (
        f"#{effect.number}",
        f"P{effect.priority_before} → P{effect.priority_after}",
        _at(effect.due_before, env),
        "→",
        _at(effect.due_after, env),
        effect.subject,
    )


def _at(moment: datetime | None, env: Env) -> str:
    return "–" if moment is None else f"{moment.astimezone(env.zone):%Y-%m-%d %H:%M}"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.1f} %"
