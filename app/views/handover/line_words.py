"""Lines of a sheet as rows of the list: icon, pill, facts. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.models.entities.handover import Line, LineState, Section
from app.models.entities.roster import ShiftAt
from app.services.base.names import name_in
from app.services.handover.words import HandoverWords
from app.views.base.i18n import _, current
from app.views.handover.row_list import ListRow

_ICONS: Mapping[LineState, tuple[str, str]] = {
    LineState.OPEN: ("circle", "muted"),
    LineState.TICKED: ("circle-check", "ok"),
    LineState.ASKED: ("circle-question-mark", "warn"),
    LineState.ANSWERED: ("message-square", "info"),
}


def line_pill(words: HandoverWords, line: Line) -> tuple[str, str, str]:
    """Return text, tone and icon of how a line stands."""
    if line.is_settled and line.state is LineState.OPEN:
        return _("Settled meanwhile"), "", "check-check"
    icon, tone = _ICONS[line.state]
    return words.line_state(line.state), "" if tone == "muted" else tone, icon


def list_rows(words: HandoverWords, sections: Sequence[tuple[Section, list[Line]]]) -> list[ListRow]:
    """Return the rows of a sheet: a heading a section with how many are done, and its lines."""
    rows: list[ListRow] = []
    for section, lines in sections:
        done = sum(line.is_done for line in lines)
        rows.append(ListRow(0, words.section(section), f"{done}/{len(lines)}"))
        rows += [_row(words, line) for line in lines]
    return rows


def _row(words: HandoverWords, line: Line) -> ListRow:
    told = words.line(line.section, line.reference, line.body)
    _text, tone, icon = line_pill(words, line)
    words_said = [text for text in (line.note, line.question, line.answer) if text]
    facts = " — ".join([told.facts, *words_said]) if told.facts else " — ".join(words_said)
    pill = "" if line.state in {LineState.OPEN, LineState.TICKED} else _text
    if line.is_settled and line.state is LineState.OPEN:
        pill = _text
    priority = line.body.get("priority", 0) if line.ticket_id else 0
    return ListRow(
        key=line.id,
        title=told.title,
        facts=facts.replace("\n", " "),
        icon=icon,
        tone=tone or "muted",
        priority=int(priority),
        pill=pill,
        pill_tone=tone,
        is_faded=line.is_settled,
    )


def shift_title(words: HandoverWords, shift: ShiftAt) -> str:
    """Return a shift, "Day · 20 Nov 08:00 – 20:00"."""
    name = name_in(shift.template.name, shift.template.name_alt, current.code)
    begin = words.when(shift.starts_at)
    return f"{name} · {begin} – {shift.ends_at.astimezone(words.zone):%H:%M}"


def countdown(words: HandoverWords, ends_at: datetime, now: datetime, duration: str) -> tuple[str, str]:
    """Return how far the change of shift is, and its tone: warn in the last twenty minutes, bad after it."""
    at = f"{ends_at.astimezone(words.zone):%H:%M}"
    if now >= ends_at:
        return _("Change of shift was {duration} ago").format(duration=duration), "bad"
    is_near = (ends_at - now).total_seconds() <= 20 * 60
    text = _("Change of shift in {duration}, at {time}")
    return text.format(duration=duration, time=at), "warn" if is_near else ""
