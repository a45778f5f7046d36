"""What the staffing of a day says in words: hours, missing people, callers lost, and where it is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.entities.staffing import (
    ArrivalSource,
    Asked,
    CallPreview,
    HandlingSource,
    SheetOfCalls,
    StaffingDay,
    StaffingHour,
)
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _, ngettext, pgettext
from app.views.roster.staffing_facts_words import field_origin, visits_text

_ASKED: Mapping[Asked, LazyText] = {
    Asked.NOBODY: N_("nobody is needed"),
    Asked.SERVICE_LEVEL: N_("for the service level"),
    Asked.ABANDONMENT: N_("so that few enough hang up"),
    Asked.COVERAGE: N_("as coverage asks"),
}
_HANDLING: Mapping[HandlingSource, LazyText] = {
    HandlingSource.CALLS: N_("as the calls took"),
    HandlingSource.CATEGORIES: N_("as categories usually take"),
    HandlingSource.SETTING: N_("as the settings say"),
}


@dataclass(frozen=True, slots=True)
class ShortStretch:
    """Hours after each other in which as many people are missing; `lost` (0..1) is of all their calls."""

    starts_at: datetime
    ends_at: datetime
    shortfall: int
    lost: float | None


def short_stretches(day: StaffingDay) -> list[ShortStretch]:
    """Return the hours in which people are missing, those alike joined."""
    found: list[list[StaffingHour]] = []
    for hour in day.short_hours:
        last = found[-1][-1] if found else None
        if last is not None and last.ends_at == hour.starts_at and last.shortfall == hour.shortfall:
            found[-1].append(hour)
        else:
            found.append([hour])
    return [_stretch(hours) for hours in found]


def hours(starts_at: datetime, ends_at: datetime, fmt: Format) -> str:
    """Return "10–11 h" by the site's clocks; the end of the day is 24."""
    first, last = fmt.local(starts_at), fmt.local(ends_at)
    until = last.hour if last.hour or last.date() == first.date() else 24
    return _("{first}–{last} h").format(first=first.hour, last=until)


def stretch(short: ShortStretch, fmt: Format) -> str:
    """Return "10–11 h: one short, 9 % will hang up"."""
    when = hours(short.starts_at, short.ends_at, fmt)
    missing = missing_people(short.shortfall, fmt)
    if short.lost is None:
        return _("{hours}: {missing}").format(hours=when, missing=missing)
    return _("{hours}: {missing}, {share} will hang up").format(
        hours=when, missing=missing, share=fmt.percent(short.lost)
    )


def missing_people(count: int, fmt: Format) -> str:
    """Return "one short", "3 short"."""
    if count == 1:
        return _("one short")
    return _("{n} short").format(n=fmt.number(count))


def hour_in_words(hour: StaffingHour, fmt: Format) -> str:
    """Return everything one hour says, for the line below the picture and for readers."""
    parts = [
        hours(hour.starts_at, hour.ends_at, fmt),
        _("{calls} calls expected ({low}–{high})").format(
            calls=calls_text(hour.expected, fmt),
            low=calls_text(hour.low, fmt),
            high=calls_text(hour.high, fmt),
        ),
        _("{n} needed, {why}").format(n=fmt.number(hour.needed), why=_ASKED[hour.need.asked_by]),
        _("{n} on duty").format(n=fmt.number(hour.rostered)),
    ]
    if hour.shortfall:
        parts.append(missing_people(hour.shortfall, fmt))
    if hour.abandonment is not None:
        parts.append(_("{share} will hang up").format(share=fmt.percent(hour.abandonment)))
    if not hour.is_open:
        parts.append(_("out of service hours"))
    if hour.visits:
        parts.append(visits_text(hour, fmt))
    return " · ".join(parts)


def total(day: StaffingDay, users: int, fmt: Format) -> str:
    """Return the day in one line: calls, callers lost, hours short."""
    calls = round(day.expected)
    parts = [ngettext("{n} call expected", "{n} calls expected", calls).format(n=fmt.number(calls))]
    if users:
        parts.append(_("{n} for 100 users").format(n=fmt.number(day.expected * 100 / users, 1)))
    lost = round(day.lost)
    if day.expected:
        parts.append(
            ngettext("{n} caller will hang up", "{n} callers will hang up", lost).format(n=fmt.number(lost))
        )
    short = len(day.short_hours)
    if short:
        parts.append(ngettext("{n} hour short", "{n} hours short", short).format(n=fmt.number(short)))
    else:
        parts.append(_("enough people all day"))
    field = len(day.field_short_hours)
    if field:
        parts.append(
            ngettext("{n} hour short in the field", "{n} hours short in the field", field).format(
                n=fmt.number(field)
            )
        )
    return " · ".join(parts)


def origin(day: StaffingDay, fmt: Format) -> str:
    """Return where the figures come from, and whom they count."""
    based = len(day.based_on)
    aims = day.aims
    sources = {
        ArrivalSource.CALLS: ngettext(
            "Expected from the calls of {n} like day", "Expected from the calls of {n} like days", based
        ),
        ArrivalSource.TICKETS: ngettext(
            "Expected from the tickets of {n} like day", "Expected from the tickets of {n} like days", based
        ),
        ArrivalSource.USERS: _("Expected from {users} users with {calls} calls a month for 100").format(
            users=fmt.number(day.users), calls=fmt.number(day.calls_a_month)
        ),
        ArrivalSource.NOTHING: _("No calls and no tickets are known: only coverage asks for people"),
    }
    parts = [sources[day.arrivals].format(n=fmt.number(based))]
    if day.arrivals is not ArrivalSource.NOTHING:
        parts.append(
            _("{n} s each, {why}").format(n=fmt.number(day.hours[0].aht), why=_HANDLING[day.handling])
        )
    parts.append(
        _("{level} answered within {within} s, at most {lost} hang up, {shrinkage} shrinkage").format(
            level=fmt.percent(aims.level),
            within=fmt.number(aims.within),
            lost=fmt.percent(aims.abandonment),
            shrinkage=fmt.percent(aims.shrinkage),
        )
    )
    if day.observed is not None:
        said = (
            _("{share} of the offered calls were abandoned")
            if aims.keeps_hung_up
            else _("{share} of the calls were abandoned, those hung up within {within} s left out")
        )
        parts.append(said.format(share=fmt.percent(day.observed, 1), within=fmt.number(aims.within)))
    if day.field_work.share:
        parts.append(field_origin(day.field_work, fmt))
    if day.teams:
        teams = pgettext("between things", ", ").join(day.teams)
        parts.append(_("Counted: {teams}").format(teams=teams))
    return " · ".join(parts)


def import_counts(preview: CallPreview, fmt: Format) -> str:
    """Return what a file would do: "120 calls in 2 rows: 2 hours new, 1 hour replaced"."""
    calls, count = preview.offered, preview.sheet.rows
    rows = _("{calls} in {rows}").format(
        calls=ngettext("{n} call", "{n} calls", calls).format(n=fmt.number(calls)),
        rows=ngettext("{n} row", "{n} rows", count).format(n=fmt.number(count)),
    )
    added, replaced, unchanged = preview.added, preview.replaced, preview.unchanged
    counts = (
        (added, ngettext("{n} hour new", "{n} hours new", added)),
        (replaced, ngettext("{n} hour replaced", "{n} hours replaced", replaced)),
        (unchanged, ngettext("{n} hour unchanged", "{n} hours unchanged", unchanged)),
    )
    told = [words.format(n=fmt.number(count)) for count, words in counts if count]
    return _("{rows}: {hours}").format(
        rows=rows, hours=pgettext("between things", ", ").join(told) or _("nothing to take in")
    )


def import_notes(preview: CallPreview, fmt: Format) -> list[str]:
    """Return what a person should know before the file is taken in."""
    sheet = preview.sheet
    kind = _("one row a call") if sheet.kind is SheetOfCalls.CALLS else _("one row an hour or less")
    notes = [_("Read as: {kind}. Times are those of the site's clocks.").format(kind=kind)]
    if sheet.hours:
        first, last = (fmt.exact(sheet.hours[at].starts_at) for at in (0, -1))
        notes.append(_("From {first} to {last}.").format(first=first, last=last))
    if sheet.ambiguous:
        text = ngettext(
            "{n} row names a time the clocks showed twice; it counts for the first.",
            "{n} rows name a time the clocks showed twice; they count for the first.",
            sheet.ambiguous,
        )
        notes.append(text.format(n=fmt.number(sheet.ambiguous)))
    if sheet.skipped:
        text = ngettext(
            "{n} empty row names a time the clocks left out; it is passed over.",
            "{n} empty rows name a time the clocks left out; they are passed over.",
            sheet.skipped,
        )
        notes.append(text.format(n=fmt.number(sheet.skipped)))
    if sheet.ignored:
        columns = pgettext("between things", ", ").join(sheet.ignored)
        notes.append(_("Not read: {columns}.").format(columns=columns))
    return notes


def _stretch(hours_of: list[StaffingHour]) -> ShortStretch:
    calls = sum(hour.expected for hour in hours_of)
    lost = sum(hour.expected * (hour.abandonment or 0.0) for hour in hours_of)
    return ShortStretch(
        hours_of[0].starts_at, hours_of[-1].ends_at, hours_of[0].shortfall, lost / calls if calls else None
    )


def calls_text(calls: float, fmt: Format) -> str:
    """Return a number of calls; less than ten may have a decimal."""
    return fmt.number(calls, 0 if calls >= 10 or calls == int(calls) else 1)
