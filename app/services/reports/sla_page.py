"""The SLA table on paper: each policy with whom it is for and what it promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reportlab.platypus import Flowable, Spacer

from app.models.entities.settings_papers import SlaPaper
from app.models.entities.sla import ClockKind, ContactKind, ReopenPolicy, SlaPolicy, Target
from app.services.base.terms import priority_title, term
from app.services.base.texts import Texts, mark
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import TextBlock, section
from app.services.reports.pdf.grid import Cell, Column, Grid, Row
from app.services.reports.pdf.page import render
from app.services.reports.settings_words import (
    allowance,
    calendar_name,
    frame_of,
    policy_name,
    version_line,
)
from app.services.reports.words import ReportWords

# Said in the words of the settings page.
_CONTACTS: Mapping[ContactKind, str] = {
    ContactKind.LIVE_CHANNEL: mark("Registered while talking"),
    ContactKind.REPLY: mark("A reply to the requester"),
    ContactKind.CALL: mark("A telephone call"),
    ContactKind.PUBLIC_NOTE: mark("A note the requester reads"),
    ContactKind.CONFIRMATION: mark("Asking whether it is solved"),
    ContactKind.START: mark("Work begun, nobody told"),
}
_REOPENED: Mapping[ReopenPolicy, str] = {
    ReopenPolicy.RESUME: mark("A reopened ticket goes on from the time used before."),
    ReopenPolicy.RESTART: mark("A reopened ticket begins again at zero."),
}
_ALWAYS_SHOWN = (ClockKind.RESPONSE, ClockKind.RESOLUTION)


def render_sla(data: SlaPaper, texts: Texts) -> bytes:
    """Return the table as PDF; the same data in the same language give the same bytes.

    Raises:
        NotFound: the report fonts are not installed with the program.
        zoneinfo.ZoneInfoNotFoundError: the site's time zone is no IANA name.
    """
    words = ReportWords(texts, data.head)
    title = texts.gettext("SLA tables")
    frame = frame_of(words, title, is_landscape=False)
    return render(list(_story(data, words, title, frame.room)), frame)


def _story(data: SlaPaper, words: ReportWords, title: str, room: float) -> Iterable[Flowable]:
    texts = words.texts
    yield TextBlock(title, room, styles.TITLE)
    yield TextBlock(version_line(data.version, words), room, styles.SUBTITLE)
    yield TextBlock(
        texts.gettext("The first policy that fits a ticket holds; they are tried in this order."),
        room,
        styles.SUBTITLE,
    )
    for place, policy in enumerate(data.table.policies, 1):
        yield from section(f"{place}  {policy_name(policy, words)}", room, needs=130)
        yield TextBlock(_for_whom(policy, data, words), room, styles.NOTE)
        if policy.warn_percents:
            percents = texts.pgettext("between things", ", ").join(map(str, policy.warn_percents))
            warned = texts.gettext("Warned at {percents} % of the time.").format(percents=percents)
            yield TextBlock(warned, room, styles.NOTE)
        yield Spacer(1, 4)
        yield _targets(policy, data, words, room)
    yield from section(texts.gettext("For all policies"), room, needs=100)
    for line in _common(data, words):
        yield TextBlock(line, room, styles.PROSE)


def _for_whom(policy: SlaPolicy, data: SlaPaper, words: ReportWords) -> str:
    parts = list(_conditions(policy, data, words))
    if not parts:
        return words.texts.gettext("For every ticket that no policy above fits.")
    return words.texts.gettext("For: {conditions}").format(conditions=" · ".join(parts))


def _conditions(policy: SlaPolicy, data: SlaPaper, words: ReportWords) -> Iterator[str]:
    texts = words.texts
    between = texts.pgettext("between things", ", ")
    if policy.types:
        yield between.join(term(texts, kind) for kind in sorted(policy.types))
    lists = (
        (
            texts.gettext("Category"),
            sorted(data.categories.get(int(one), "…") for one in policy.category_ids),
        ),
        (texts.gettext("Service"), sorted(data.services.get(int(one), "…") for one in policy.service_ids)),
        (texts.gettext("Company"), sorted(policy.companies)),
    )
    for name, listed in lists:
        if listed:
            yield f"{name}: {between.join(listed)}"
    if policy.vip is not None:
        yield texts.gettext("VIP requesters") if policy.vip else texts.gettext("Requesters who are no VIPs")


def _targets(policy: SlaPolicy, data: SlaPaper, words: ReportWords, room: float) -> Grid:
    texts = words.texts
    clocks = [
        clock
        for clock in ClockKind
        if clock in _ALWAYS_SHOWN or any(clock in target.allowances for target in policy.targets)
    ]
    columns = [
        Column(texts.gettext("Priority"), 96),
        *(Column(term(texts, clock)) for clock in clocks),
        Column(texts.gettext("Calendar"), 96),
    ]
    targets = sorted(policy.targets, key=lambda target: target.priority)
    return Grid(columns, [_row(target, clocks, data, words) for target in targets], room)


def _row(target: Target, clocks: Iterable[ClockKind], data: SlaPaper, words: ReportWords) -> Row:
    cells = [
        Cell(
            priority_title(words.texts, target.priority),
            styles.CELL_BOLD,
            dot=styles.PRIORITIES.get(target.priority, styles.MUTED),
        )
    ]
    for clock in clocks:
        written, meant = allowance(target, clock, data.calendars, words)
        cells.append(Cell(written, below=meant))
    return Row((*cells, Cell(calendar_name(target.calendar, data.calendars))))


def _common(data: SlaPaper, words: ReportWords) -> Iterator[str]:
    texts = words.texts
    between = texts.pgettext("between things", ", ")
    counts = between.join(
        texts.gettext(_CONTACTS[kind]) for kind in ContactKind if kind in data.table.contacts
    )
    yield texts.gettext("Counts as a response: {contacts}").format(contacts=counts)
    yield texts.gettext(_REOPENED[data.table.reopen])
    for at, by in data.table.rises:
        text = texts.ngettext(
            "At {percent} % of the time for the resolution the priority rises by {steps} step.",
            "At {percent} % of the time for the resolution the priority rises by {steps} steps.",
            by,
        )
        yield text.format(percent=at, steps=by)
    yield texts.gettext("A day is a working day of the calendar; what that is in hours stands below it.")
