"""The demo's book of handovers: the last shifts signed by both leaders, today's sheet begun.

Everything but the accounts goes through the commands a window calls, under the clock of each shift's end.
Only for demo sites: every duty supervisor there signs with the same PIN.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from app.models.entities.handover import Handover, Leader, Line, LineState, Section
from app.models.entities.roster import ShiftAt
from app.services.access import passwords
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.base.resources import resource_path
from app.services.demo.handover_commands import drop_later_lines, write_signers, write_ticks
from app.services.demo.queries import actor_with_id
from app.services.handover import commands, queries, signing
from app.services.roster.queries import shift_at

DEMO_PASSWORD = "Huaxin-2026"
DEMO_PIN = "2580"
SIGNED_SHIFTS = 4
"""Each costs a paper and two proofs of a PIN: close to a second."""
_MOMENT = timedelta(microseconds=1)
_MINUTE = timedelta(minutes=1)
_ASKED_FIRST = (Section.MAJOR, Section.GRAVE, Section.BREACHED, Section.DUE, Section.CALL_BACK)


@dataclass(frozen=True, slots=True)
class Said:
    """What leaders say on one sheet: remarks, a note per section, a question with its answer."""

    remarks: str
    notes: Mapping[Section, str] = field(default_factory=dict)
    question: str = ""
    answer: str = ""


def hand_over(ctx: Context, shifts: int) -> None:
    """Sign the last `shifts` shifts that ended, the oldest first, and begin the sheet of the running one.

    A shift is left out where one of both leaders is missing, or one person leads both: nobody could sign.
    """
    signed, now = _read_words()
    running = shift_at(ctx, ctx.clock.now())
    if running is None or shifts < 1:
        return
    write_signers(ctx, passwords.hash_password(DEMO_PASSWORD), passwords.hash_password(DEMO_PIN))
    ended = [running, *_before(ctx, running, shifts)][::-1]
    for number, (shift, following) in enumerate(pairwise(ended)):
        _sign(ctx, shift, following, signed[number % len(signed)])
    handover = _open(ctx, running)
    for leader in handover.leaders[:1]:
        _write(_as(ctx, leader), handover, now)


def _before(ctx: Context, shift: ShiftAt, count: int) -> Iterator[ShiftAt]:
    for _number in range(count):
        found = shift_at(ctx, shift.starts_at - _MOMENT)
        if found is None:
            return
        yield found
        shift = found


def _sign(ctx: Context, shift: ShiftAt, following: ShiftAt, said: Said) -> None:
    end = shift.ends_at
    outgoing, incoming = queries.leaders(ctx, shift)[:1], queries.leaders(ctx, following)[:1]
    if not outgoing or not incoming or outgoing == incoming:
        return
    write_ticks(ctx, shift, outgoing[0].person_id)
    handover = _open(_at(ctx, end - 25 * _MINUTE), shift)
    drop_later_lines(_at(ctx, end - 25 * _MINUTE), handover.id)
    handover = queries.handover(ctx, handover.id)
    out_ctx, in_ctx = _as(ctx, outgoing[0]), _as(ctx, incoming[0])
    version = _write(_at(out_ctx, end - 15 * _MINUTE), handover, said)
    signing.sign_out(
        _at(out_ctx, end - 6 * _MINUTE), handover.id, outgoing[0].person_id, DEMO_PIN, version=version
    )
    handover = queries.handover(ctx, handover.id)
    asked = _line_to_ask(handover.lines) if said.question else None
    if asked is not None:
        done = commands.ask_back(
            _at(in_ctx, end - 4 * _MINUTE), asked.id, said.question, version=asked.version
        )
        commands.answer(
            _at(out_ctx, end - 2 * _MINUTE), asked.id, said.answer, version=done.version or asked.version
        )
    seen = queries.handover(ctx, handover.id)
    open_lines = [(line.id, line.version) for line in seen.lines if line.state is LineState.OPEN]
    commands.tick_lines(_at(in_ctx, end), open_lines, is_ticked=True)
    closing = _at(in_ctx, end + 2 * _MINUTE)
    signing.sign_in(closing, seen.id, incoming[0].person_id, DEMO_PIN, version=seen.version, draw=_draw)


def _open(ctx: Context, shift: ShiftAt) -> Handover:
    made = commands.open_handover(ctx, shift.on_date, shift.template.id)
    return queries.handover(ctx, made.id or 0)


def _write(ctx: Context, handover: Handover, said: Said) -> int:
    """Write remarks and notes, a note to the first line of each section; return the sheet's version."""
    done = commands.write_remarks(ctx, handover.id, said.remarks, version=handover.version)
    for section, text in said.notes.items():
        for line in [each for each in handover.lines if each.section is section][:1]:
            commands.write_note(ctx, line.id, text, version=line.version)
    return done.version or handover.version


def _line_to_ask(lines: tuple[Line, ...]) -> Line | None:
    by_section = {line.section: line for line in reversed(lines)}
    return next((by_section[section] for section in _ASKED_FIRST if section in by_section), None)


def _as(ctx: Context, leader: Leader) -> Context:
    return ctx.acting_as(actor_with_id(ctx, leader.person_id))


def _at(ctx: Context, at: datetime) -> Context:
    return replace(ctx, clock=FixedClock(at))


def _draw(record: Mapping[str, Any]) -> bytes:
    from app.services.reports.handover_page import render_handover  # noqa: PLC0415 - loads reportlab

    return render_handover(record)


def _read_words() -> tuple[list[Said], Said]:
    data = json.loads((resource_path("demo") / "handovers.json").read_text(encoding="utf-8"))

    def said(row: Mapping[str, object]) -> Said:
        notes = row.get("notes")
        by_section = dict(notes) if isinstance(notes, Mapping) else {}
        return Said(
            remarks=str(row["remarks"]),
            notes={Section(name): str(text) for name, text in by_section.items()},
            question=str(row.get("question", "")),
            answer=str(row.get("answer", "")),
        )

    return [said(row) for row in data["shifts"]], said(data["now"])
