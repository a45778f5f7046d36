"""What the shift report says of people, calls and the handover."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.models.entities.handover import Handover, Line, LineState, Signature
from app.models.entities.ids import TemplateId
from app.models.entities.instants import from_micros, to_micros
from app.models.entities.reports import HandoverLine, ShiftCalls, ShiftHandover, ShiftNote, ShiftPerson
from app.models.entities.roster import ShiftAt
from app.models.transactions import Reader
from app.services.base.names import name_in
from app.services.base.texts import Texts
from app.services.duty.presence import load_attendance
from app.services.duty.rules import punctuality
from app.services.handover.loading import find_handover, load_handover
from app.services.handover.shift_facts import announcement_facts, crew_of
from app.services.handover.words import HandoverWords
from app.services.settings import declared
from app.services.settings.current import load_config


def people_of(read: Reader, shift: ShiftAt, now: datetime, language: str) -> tuple[ShiftPerson, ...]:
    """Return who was rostered for a shift, its leader first, and how punctual they were."""
    came = {
        key[0]: one
        for key, one in load_attendance(read, shift.on_date, shift.on_date).items()
        if one.template_id == shift.template.id
    }
    found = []
    for row in crew_of(read, shift):
        present = came.get(row[0])
        how = punctuality(shift.starts_at, shift.ends_at, present, now)
        has_left = present is not None and present.out_at is not None
        found.append(
            ShiftPerson(
                name_in(row[1], row[2] or "", language),
                leads=bool(row[3]),
                came=(present is not None) if came else None,
                late=how.late if present is not None else 0,
                early=how.early if has_left else 0,
            )
        )
    return tuple(found)


def calls_of(read: Reader, shift: ShiftAt) -> ShiftCalls | None:
    """Return the calls of a shift's hours; None where none were counted."""
    row = read.one(
        "SELECT SUM(offered), SUM(answered), SUM(abandoned) FROM call_hour"
        " WHERE starts_at >= ? AND starts_at < ?",
        (to_micros(shift.starts_at), to_micros(shift.ends_at)),
    )
    if row is None or row[0] is None:
        return None
    keeps = load_config(read).settings[declared.STAFFING_KEEPS_HUNG_UP]
    return ShiftCalls(int(row[0]), int(row[1]), int(row[2]), len(crew_of(read, shift)), keeps)


def announced_in(read: Reader, shift: ShiftAt, texts: Texts, zone: ZoneInfo) -> tuple[ShiftNote, ...]:
    """Return what was announced during a shift as notes: what, how long, by whom and since when."""
    words = HandoverWords(texts, zone)
    found = []
    for fact in announcement_facts(read, shift.starts_at, shift.ends_at):
        told = words.line(fact.section, fact.reference, fact.body)
        text = f"{told.title}\n{told.facts}"
        found.append(ShiftNote(text, words.name(fact.body, "by"), from_micros(fact.body["from_at"])))
    return tuple(found)


def handover_of(
    read: Reader, on: date, template_id: TemplateId, texts: Texts, zone: ZoneInfo
) -> ShiftHandover | None:
    """Return a shift's handover in words; None where nobody opened it."""
    found = find_handover(read, on, template_id)
    if found is None:
        return None
    handover: Handover = load_handover(read, found, texts.language)
    words = HandoverWords(texts, zone)
    return ShiftHandover(
        words.state(handover.state),
        handover.number,
        tuple(_line(line, words) for line in handover.lines),
        _signature(handover.out, texts.language),
        _signature(handover.taken, texts.language),
    )


def _line(line: Line, words: HandoverWords) -> HandoverLine:
    _ = words.texts.gettext
    told = words.line(line.section, line.reference, line.body)
    answer = words.line_state(line.state)
    if line.is_settled and line.state is LineState.OPEN:
        answer = _("Settled meanwhile")
    talk = [line.note]
    talk += [
        f"{name}: {text}"
        for name, text in ((_("Question"), line.question), (_("Answer"), line.answer))
        if text
    ]
    return HandoverLine(
        words.section(line.section),
        f"{told.level} {told.title}".strip(),
        "\n".join(text for text in talk if text),
        answer,
    )


def _signature(signature: Signature | None, language: str) -> tuple[str, datetime, str] | None:
    if signature is None:
        return None
    return (name_in(signature.name, signature.name_alt, language), signature.at, signature.reason)
