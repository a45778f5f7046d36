"""The handover on paper: drawn from its record alone, in the site's language and then in the other one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from app.models.entities.handover import LineState, Section
from app.models.entities.instants import from_micros
from app.services.base.texts import Texts
from app.services.handover.rules import canonical, digest
from app.services.handover.words import HandoverWords
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import TextBlock, section
from app.services.reports.pdf.grid import Cell, Column, Grid, Row
from app.services.reports.pdf.page import PageFrame, render
from app.services.reports.words import NOTHING

_LANGUAGES = ("zh_CN", "en")


def render_handover(record: Mapping[str, Any]) -> bytes:
    """Return the paper of a record; the same record gives the same bytes, whoever reads it.

    The first part is in the site's language, the second in the other one. A record without the incoming
    signature gives a draft and says so.

    Raises:
        NotFound: the report fonts are not installed with the program.
    """
    first = record["site"]["language"]
    languages = (first, *(language for language in _LANGUAGES if language != first))
    parts = [_Part(record, Texts(language)) for language in languages]
    head = parts[0]
    frame = PageFrame(
        site_line=head.site(),
        title=f"{head.title()} · {head.shift()}",
        printed=head.sealed(),
        page_of=head.page_of,
        language=languages[0].replace("_", "-"),
    )
    story: list[Flowable] = []
    for part in parts:
        if story:
            story.append(PageBreak())
        story += part.story(frame.room)
    return render(story, frame)


class _Part:
    """The whole record in one language."""

    def __init__(self, record: Mapping[str, Any], texts: Texts) -> None:
        self._record = record
        self._texts = texts
        self._words = HandoverWords(texts, ZoneInfo(record["site"]["timezone"]))

    def site(self) -> str:
        return self._words.name(self._record["site"])

    def title(self) -> str:
        _ = self._texts.gettext
        if self._record["in"] is None:
            return _("Handover, draft")
        return _("Handover no. {number}").format(number=self._record["number"])

    def shift(self) -> str:
        shift = self._record["shift"]
        begin, end = (self._clock(shift[key]) for key in ("starts_at", "ends_at"))
        day = self._texts.day(date.fromisoformat(shift["date"]), "full")
        return f"{self._words.name(shift)} · {day} · {begin} – {end}"

    def sealed(self) -> str:
        _ = self._texts.gettext
        if self._record["in"] is None:
            return _("Not signed by both yet")
        return _("Closed {time} by {person}").format(
            time=self._stamp(self._record["in"]["at"]), person=self._words.name(self._record["in"])
        )

    def page_of(self, number: int, count: int) -> str:
        return self._texts.gettext("Page {number} of {count}").format(number=number, count=count)

    def story(self, room: float) -> list[Flowable]:
        return [
            TextBlock(self.title(), room, styles.TITLE),
            TextBlock(self.shift(), room, styles.SUBTITLE),
            Spacer(1, 10),
            *self._signatures(room),
            *self._remarks(room),
            *self._lines(room),
            *self._seal(room),
        ]

    def _signatures(self, room: float) -> Iterable[Flowable]:
        _ = self._texts.gettext
        after = self._record["next_shift"]
        taking = _("Taking over")
        if after is not None:
            taking = f"{taking} · {self._words.name(after)}"
        rows = [
            self._signature(_("Handing over"), self._record["out"], self._record["leaders"]),
            self._signature(taking, self._record["in"], self._record["next_leaders"]),
        ]
        columns = (Column("", 120), Column(_("Duty supervisor"), 130), Column(_("Signed"), 120), Column(""))
        yield Grid(columns, rows, room)

    def _signature(self, side: str, signed: Mapping[str, Any] | None, leaders: Any) -> Row:
        _ = self._texts.gettext
        rostered = ", ".join(self._words.name(one) for one in leaders) or NOTHING
        if signed is None:
            return Row(
                (
                    Cell(side, styles.CELL_MUTED),
                    Cell(rostered),
                    Cell(_("Not signed yet"), styles.CELL_BAD),
                    Cell(""),
                )
            )
        why = ""
        if signed["reason"]:
            why = _("In place of the duty supervisor ({name}): {reason}").format(
                name=rostered, reason=signed["reason"]
            )
        return Row(
            (
                Cell(side, styles.CELL_MUTED),
                Cell(self._words.name(signed), styles.CELL_BOLD),
                Cell(self._stamp(signed["at"])),
                Cell(why),
            )
        )

    def _remarks(self, room: float) -> Iterable[Flowable]:
        if self._record["remarks"]:
            yield from section(self._texts.gettext("Remarks of the outgoing leader"), room)
            yield TextBlock(self._record["remarks"], room, styles.PROSE)

    def _lines(self, room: float) -> Iterable[Flowable]:
        _ = self._texts.gettext
        columns = (
            Column(_("What")),
            Column(_("Note, question, answer"), 180),
            Column(_("Incoming leader"), 96),
        )
        for name, lines in groupby(self._record["lines"], key=lambda line: line["section"]):
            yield from section(self._words.section(Section(name)), room)
            yield Grid(columns, [self._line(line) for line in lines], room)
        if not self._record["lines"]:
            yield Spacer(1, 10)
            yield TextBlock(_("There was nothing to hand over."), room, styles.CELL_MUTED)

    def _line(self, line: Mapping[str, Any]) -> Row:
        _ = self._texts.gettext
        told = self._words.line(Section(line["section"]), line["reference"], line["body"])
        below = "\n".join(part for part in (told.facts, told.said) if part)
        priority = line["body"].get("priority") if line["reference"].startswith("t") else None
        dot = styles.PRIORITIES.get(priority, styles.MUTED) if priority else ""
        return Row(
            (
                Cell(f"{told.level} {told.title}".strip(), below=below, dot=dot),
                Cell(self._talk(line)),
                self._answered(line),
            )
        )

    def _talk(self, line: Mapping[str, Any]) -> str:
        _ = self._texts.gettext
        parts = [line["note"]] if line["note"] else []
        if line["question"]:
            parts.append(self._said(_("Question"), line["body"].get("asked"), line["question"]))
        if line["answer"]:
            parts.append(self._said(_("Answer"), line["body"].get("answered"), line["answer"]))
        return "\n".join(parts)

    def _said(self, what: str, who: Mapping[str, Any] | None, text: str) -> str:
        by = self._words.name(who, "by") if who else ""
        return f"{what} ({by}): {text}" if by else f"{what}: {text}"

    def _answered(self, line: Mapping[str, Any]) -> Cell:
        _ = self._texts.gettext
        state = LineState(line["state"])
        if line["ticked"]:
            by = self._words.name(line["ticked"], "by")
            return Cell(self._words.line_state(state), below=f"{by} {self._words.when(line['ticked']['at'])}")
        if line["body"].get("settled_at"):
            return Cell(_("Settled meanwhile"), styles.CELL_MUTED)
        return Cell(self._words.line_state(state))

    def _seal(self, room: float) -> Iterable[Flowable]:
        if self._record["in"] is None:
            return
        _ = self._texts.gettext
        yield CondPageBreak(70)
        yield Spacer(1, 14)
        said = _("SHA-256 of the record: {hash}").format(hash=digest(canonical(self._record)))
        yield TextBlock(said, room, styles.SMALL)
        before = self._record["previous"] or _("none, this is the first one")
        yield TextBlock(_("It continues: {hash}").format(hash=before), room, styles.SMALL)

    def _clock(self, micros: int) -> str:
        return f"{from_micros(micros).astimezone(self._words.zone):%H:%M}"

    def _stamp(self, micros: int) -> str:
        local = from_micros(micros).astimezone(self._words.zone)
        return f"{self._texts.day(local.date(), 'long')} {local:%H:%M}"
