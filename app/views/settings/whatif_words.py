"""What the consequences of an edit say: a heading, a bar per priority, figures, and where it is felt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from app.models.entities.whatif import Felt, PriorityEffect, WhatIf
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext
from app.views.base.widgets.whatif import WhatIfRow, WhatIfScale
from app.views.settings.whatif_figure import Figure
from app.views.settings.whatif_peak import peak_figure

PERIODS = (30, 90, 365)
"""How many days can be looked back on; 90 is what a page begins with."""

_FELT_SHOWN = 4
_GOOD, _FAIR = 0.9, 0.75  # shares resolved in time that are shown as good, and as still bearable
_GRAVE = 2  # more tickets of P1 and P2 bind people: worth a colour
_SAME = "="


class WhatIfKind(StrEnum):
    """Whose page the consequences stand on. A matrix moves tickets, everything else moves due times."""

    MATRIX = "matrix"
    SLA = "sla"
    CALENDARS = "calendars"
    WAITING = "waiting"

    @property
    def is_promised(self) -> bool:
        """Whether open tickets keep what they were promised unless somebody decides otherwise."""
        return self is not WhatIfKind.WAITING

    @property
    def scale(self) -> WhatIfScale:
        """Whether the bars count tickets or show the part resolved in time."""
        return WhatIfScale.COUNTS if self is WhatIfKind.MATRIX else WhatIfScale.SHARES


def period(days: int) -> str:
    """Return what a period is called in the menu."""
    return ngettext("Last {n} day", "Last {n} days", days).format(n=days)


def promise_to_tell(kind: WhatIfKind) -> str:
    """Return what the card will answer once something is edited."""
    if kind is WhatIfKind.MATRIX:
        return _(
            "Change a cell to see how many recent tickets would have had another priority, and what that"
            " would have done to their times."
        )
    if kind is WhatIfKind.SLA:
        return _("Change a time to see how many recent tickets would have been late or in time.")
    if kind is WhatIfKind.CALENDARS:
        return _("Change hours or days to see how many recent tickets would have been late or in time.")
    return _("Change which clocks stand to see how many recent tickets would have been late or in time.")


def heading(kind: WhatIfKind, result: WhatIf, fmt: Format) -> str:
    """Return the sentence over the bars, or that there is nothing to count."""
    count = result.tickets
    if not count:
        days = ngettext("No tickets in the last {n} day.", "No tickets in the last {n} days.", result.days)
        return days.format(n=result.days)
    said = {
        WhatIfKind.MATRIX: ngettext(
            "With this matrix, {tickets} ticket would have been:",
            "With this matrix, {tickets} tickets would have been:",
            count,
        ),
        WhatIfKind.SLA: ngettext(
            "Resolved in time with this table, {tickets} ticket:",
            "Resolved in time with this table, {tickets} tickets:",
            count,
        ),
        WhatIfKind.CALENDARS: ngettext(
            "Resolved in time with these hours, {tickets} ticket:",
            "Resolved in time with these hours, {tickets} tickets:",
            count,
        ),
        WhatIfKind.WAITING: ngettext(
            "Resolved in time with these reasons, {tickets} ticket:",
            "Resolved in time with these reasons, {tickets} tickets:",
            count,
        ),
    }
    return said[kind].format(tickets=fmt.number(count))


def rows(kind: WhatIfKind, result: WhatIf, fmt: Format) -> list[WhatIfRow]:
    """Return one bar per priority, the most urgent first."""
    effects = sorted(result.effects, key=lambda each: each.priority)
    if kind.scale is WhatIfScale.COUNTS:
        return [_count_row(each, fmt) for each in effects]
    return [_share_row(each, fmt) for each in effects]


def figures(kind: WhatIfKind, result: WhatIf, fmt: Format) -> list[Figure]:
    """Return what the edit comes to, the page's own question first."""
    if not result.tickets:
        return []
    moved = _moved(result, fmt) if kind is WhatIfKind.MATRIX else _late(result, fmt)
    share = _share(result, fmt)
    told = [moved, share] if share is not None else [moved]
    return [*told, peak_figure(result.peak, fmt)] if result.peak is not None else told


def unknown(result: WhatIf, fmt: Format) -> str:
    """Return how many tickets a matrix cannot judge, or ""."""
    if not result.unknown:
        return ""
    return ngettext(
        "{n} ticket has a level that this matrix lacks; it keeps its priority.",
        "{n} tickets have levels that this matrix lacks; they keep their priority.",
        result.unknown,
    ).format(n=fmt.number(result.unknown))


def felt(kind: WhatIfKind, result: WhatIf, fmt: Format) -> list[tuple[str, str]]:
    """Return the categories that feel it most, each with what it feels: ("VPN", "48 up")."""
    told = [(each.name or _("no category"), _felt(kind, each, fmt)) for each in result.felt]
    return [pair for pair in told if pair[1]][:_FELT_SHOWN]


def open_figure(result: WhatIf, fmt: Format) -> Figure:
    """Return how many open tickets would change if the edit were applied to them too."""
    count, late = result.open_changing, result.open_becoming_overdue
    text = _open_words(count)
    if late:
        text = f"{text}\n{becoming_overdue(late, fmt)}"
    return Figure(fmt.number(count), text, "warn" if late else "")


def becoming_overdue(count: int, fmt: Format) -> str:
    """Return "5 become overdue"."""
    return ngettext("{n} becomes overdue", "{n} become overdue", count).format(n=fmt.number(count))


def in_short(kind: WhatIfKind, result: WhatIf, fmt: Format) -> str:
    """Return all figures in one sentence, for where there is no room for them."""
    # People at the peak are worth a place in it only where the edit changes them.
    same = result.peak is None or result.peak.before == result.peak.after
    shown = figures(kind, replace(result, peak=None) if same else result, fmt)
    told = [f"{each.number} {each.text}".replace("\n", " ") for each in shown]
    if result.open_changing:
        change = f"{fmt.number(result.open_changing)} {_open_words(result.open_changing)}"
        told.append(_with_overdue(change, result.open_becoming_overdue, fmt))
    return " · ".join(told)


def choice(result: WhatIf, fmt: Format) -> str:
    """Return what the box says by which an edit is applied to open tickets too."""
    count = result.open_changing
    return ngettext("Apply to {n} open ticket too", "Apply to {n} open tickets too", count).format(
        n=fmt.number(count)
    )


def about_open(kind: WhatIfKind, result: WhatIf | None, fmt: Format, *, is_wanted: bool) -> str:
    """Return what Apply does to open tickets, for the bar it is pressed on."""
    if kind is WhatIfKind.WAITING:
        return _("Holds at once, for open tickets too")
    if result is None or not is_wanted:
        return _("Holds for tickets registered from now on")
    count, late = result.open_changing, result.open_becoming_overdue
    said = ngettext("Changes {n} open ticket too", "Changes {n} open tickets too", count)
    return _with_overdue(said.format(n=fmt.number(count)), late, fmt)


def about_choice(kind: WhatIfKind, result: WhatIf, fmt: Format, *, is_wanted: bool) -> str:
    """Return what the box means as it stands; for waiting reasons, why there is none."""
    late = result.open_becoming_overdue
    if kind is WhatIfKind.WAITING:
        return _(
            "A waiting reason is part of no promise: the change holds for them as soon as it is applied."
        )
    if not is_wanted:
        return _("Without this they keep what they were promised.")
    if late:
        return becoming_overdue(late, fmt)
    return _("They get new promises; the time they have used stays used.")


def listed(result: WhatIf, fmt: Format) -> str:
    """Return what the list of open tickets holds, where it cannot hold all of them."""
    shown, count = len(result.open_changes), result.open_changing
    if shown >= count:
        return ngettext("{n} open ticket", "{n} open tickets", count).format(n=fmt.number(count))
    return _("The {shown} most urgent of {n} open tickets").format(
        shown=fmt.number(shown), n=fmt.number(count)
    )


def due(moment: datetime | None, now: datetime, fmt: Format) -> str:
    """Return when an open ticket is due; "–" where its clock stands or nothing is promised."""
    return "–" if moment is None else fmt.when(moment, now)


# -- inside ----------------------------------------------------------------------------------------------


def signed(value: int, fmt: Format) -> str:
    """Return a difference with its sign, a true minus among them: "+136", "−62", "=" for none."""
    if not value:
        return _SAME
    return f"{'+' if value > 0 else '−'}{fmt.number(abs(value))}"


def _open_words(count: int) -> str:
    return ngettext("open ticket would change", "open tickets would change", count)


def _with_overdue(change: str, late: int, fmt: Format) -> str:
    if not late:
        return change
    return _("{change} ({overdue})").format(change=change, overdue=becoming_overdue(late, fmt))


def _count_row(effect: PriorityEffect, fmt: Format) -> WhatIfRow:
    before, after = effect.before.tickets, effect.after.tickets
    tone = "warn" if effect.priority <= _GRAVE and after > before else ""
    return WhatIfRow(effect.priority, before, after, fmt.number(after), signed(after - before, fmt), tone)


def _share_row(effect: PriorityEffect, fmt: Format) -> WhatIfRow:
    before, after = effect.before.share, effect.after.share
    if after is None:
        return WhatIfRow(effect.priority, before or 0.0, 0.0, "–", "")
    change = 0 if before is None else _points(after) - _points(before)
    tone = "warn" if change < 0 and _tone(after) == "ok" else _tone(after)  # worse is never shown as good
    delta = "" if before is None else signed(change, fmt)
    start = after if before is None else before
    return WhatIfRow(effect.priority, start, after, fmt.percent(after), delta, tone)


def _points(share: float | None) -> int:
    """Return whole percents, as they are written: what is subtracted must be what is seen."""
    return round((share or 0.0) * 100)


def _tone(share: float) -> str:
    if share >= _GOOD:
        return "ok"
    return "warn" if share >= _FAIR else "bad"


def _moved(result: WhatIf, fmt: Format) -> Figure:
    count = result.up + result.down
    text = ngettext("ticket changes priority", "tickets change priority", count)
    if count:
        ways = _("({up} up, {down} down)").format(up=fmt.number(result.up), down=fmt.number(result.down))
        text = f"{text}\n{ways}"
    return Figure(fmt.number(count), text)


def _late(result: WhatIf, fmt: Format) -> Figure:
    missed, met = result.newly_missed, result.newly_met
    if met and not missed:
        text = ngettext("more ticket would be in time", "more tickets would be in time", met)
        return Figure(fmt.number(met), text, "ok")
    text = ngettext("more ticket would be late", "more tickets would be late", missed)
    if met:
        instead = _("({n} would be in time instead)").format(n=fmt.number(met))
        text = f"{text}\n{instead}"
    return Figure(fmt.number(missed), text, "warn" if missed else "")


def _share(result: WhatIf, fmt: Format) -> Figure | None:
    before, after = result.share_before, result.share_after
    if before is None or after is None:
        return None
    if _points(before) == _points(after):
        number, tone = fmt.percent(after), ""
    else:
        tone = "warn" if after < before else "ok"
        number = f"{_points(before)} → {fmt.percent(after)}"
    return Figure(number, _share_words(result, fmt), tone)


def _share_words(result: WhatIf, fmt: Format) -> str:
    priority, more = _worst(result.effects)
    if result.newly_missed and more > 0:
        said = _("resolved in time: {n} more P{priority} would have breached")
        return said.format(n=fmt.number(more), priority=priority)
    if _points(result.share_before) == _points(result.share_after):
        return _("of all tickets resolved in time, as before")
    return _("of all tickets resolved in time")


def _worst(effects: Sequence[PriorityEffect]) -> tuple[int, int]:
    """Return the priority with the most additional late tickets, and how many."""
    more = [(each.after.decided - each.after.met - each.before.decided + each.before.met, each.priority)
            for each in effects]  # fmt: skip
    count, priority = max(more, default=(0, 0))
    return priority, count


def _felt(kind: WhatIfKind, one: Felt, fmt: Format) -> str:
    if kind is WhatIfKind.MATRIX:
        parts = [
            _("{n} up").format(n=fmt.number(one.up)) if one.up else "",
            _("{n} down").format(n=fmt.number(one.down)) if one.down else "",
        ]
    else:
        parts = [
            _("{n} late").format(n=fmt.number(one.newly_missed)) if one.newly_missed else "",
            _("{n} in time").format(n=fmt.number(one.newly_met)) if one.newly_met else "",
        ]
    return _(", ").join(part for part in parts if part)
