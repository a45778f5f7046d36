"""What the wall says: the words of cards and lanes, painted and read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models.entities.sla import ClockKind
from app.models.entities.wall import WallTicket
from app.services.base.names import name_in
from app.services.base.terms import term
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext, pgettext
from app.views.base.priority_words import percent_used, priority_said
from app.views.base.widgets.paint import ClockTone
from app.views.wall.lanes import Lane, LaneKind, is_at_risk

_MOST_SHOWN = 999


@dataclass(frozen=True, slots=True)
class CardFace:
    """Everything that is painted on a card; equal faces are painted once."""

    number: str
    subject: str
    person: str
    time: str
    tone: ClockTone
    priority: int
    is_raised: bool
    is_major: bool


@dataclass(frozen=True, slots=True)
class LaneFace:
    """What stands at the head of a lane. `icon` "" means the avatar of `title`."""

    title: str
    note: str
    icon: str
    count: int
    at_risk: int
    is_supervisor: bool = False
    is_away: bool = False


class WallWords:
    """Words in the window's language."""

    def __init__(self, fmt: Format, prefix: str = "#") -> None:
        self.fmt = fmt
        self.prefix = prefix

    def card(
        self, ticket: WallTicket, share: float | None, now: datetime, *, names_assignee: bool
    ) -> CardFace:
        """Return a card's face; in a lane of several people it shows who has it, else whose it is."""
        row = ticket.row
        return CardFace(
            f"{self.prefix}{row.number}",
            row.subject,
            row.assignee_name if names_assignee else ticket.owner_name,
            self.time(ticket, now),
            tone_of(ticket, share),
            row.priority_now,
            row.priority_now != row.priority,
            row.is_major,
        )

    def time(self, ticket: WallTicket, now: datetime) -> str:
        """Return "24 min", "−18 min" when it is over, "paused", or "–" without a promise."""
        clock = ticket.clock
        if clock is None:
            return "–"
        if clock.is_paused:
            return _("paused")
        if clock.due_at is None:
            return "–"
        if now < clock.due_at:
            return self.fmt.duration(clock.due_at - now)
        return pgettext("overdue", "−{duration}").format(duration=self.fmt.duration(now - clock.due_at))

    def lane(self, lane: Lane, shares: dict[int, float | None], now: datetime) -> LaneFace:
        """Return what stands at the head of a lane."""
        at_risk = sum(is_at_risk(each, shares.get(each.id)) for each in lane.tickets)
        count, language = len(lane.tickets), self.fmt.texts.language
        if lane.duty is not None:
            duty = lane.duty
            team = name_in(duty.team_name, duty.team_name_alt, language)
            note = _("Duty supervisor") if duty.is_supervisor else team
            if duty.is_standby:
                note = _("{team}, on standby").format(team=team)
            if lane.away is not None:
                note = self.away(lane.away.reason, lane.away.planned_until, now)
            return LaneFace(
                duty.person_name, note, "", count, at_risk, duty.is_supervisor, lane.away is not None
            )
        if lane.team is not None:
            title = name_in(lane.team.name, lane.team.name_alt, language)
            return LaneFace(title, _("queue of the team"), "users", count, at_risk)
        if lane.kind is LaneKind.NOBODY:
            return LaneFace(_("Unassigned"), _("nobody has it"), "circle-dashed", count, at_risk)
        return LaneFace(_("Not on duty"), _("whoever has it is not here"), "moon", count, at_risk)

    def away(self, reason: str, until: datetime | None, now: datetime) -> str:
        """Return "away: errand, back 14:30"."""
        if until is None:
            return _("away: {reason}").format(reason=reason)
        return _("away: {reason}, back {time}").format(reason=reason, time=self.fmt.when(until, now))

    def said(self, ticket: WallTicket, lane: Lane, share: float | None, now: datetime) -> str:
        """Return the whole card as a sentence, for screen readers and the tool tip."""
        row, texts = ticket.row, self.fmt.texts
        parts = [
            f"{self.prefix}{row.number} {row.subject}",
            priority_said(texts, row.priority, row.priority_now),
            term(texts, row.status),
            self.share_said(ticket, share),
            self.time_said(ticket),
            self.lane(lane, {}, now).title,
        ]
        if ticket.owner_name:
            parts.append(_("owner {name}").format(name=ticket.owner_name))
        return texts.pgettext("list", "; ").join(part for part in parts if part)

    def share_said(self, ticket: WallTicket, share: float | None) -> str:
        """Return "78 % of the resolution time is used"."""
        if ticket.clock is None or share is None:
            return _("No time is promised for this ticket.")
        return percent_used(ClockKind(ticket.clock.kind), min(_MOST_SHOWN, int(share * 100)))

    def time_said(self, ticket: WallTicket) -> str:
        """Return "due 21 Nov 2026, 14:02", or that the clock stands still."""
        clock = ticket.clock
        if clock is None:
            return ""
        if clock.is_paused:
            return _("The clock stands still while the ticket waits.")
        return "" if clock.due_at is None else _("due {time}").format(time=self.fmt.exact(clock.due_at))

    def counts(self, shown: int, at_risk: int) -> str:
        """Return "42 open tickets · 7 at risk"."""
        said = ngettext("{count} open ticket", "{count} open tickets", shown).format(count=shown)
        risk = ngettext("{count} at risk", "{count} at risk", at_risk).format(count=at_risk)
        return f"{said} · {risk}"


def tone_of(ticket: WallTicket, share: float | None) -> ClockTone:
    """Return how a card's clock stands."""
    if ticket.clock is None or share is None:
        return ClockTone.NORMAL
    if ticket.clock.is_paused:
        return ClockTone.PAUSED
    if share >= 1.0:
        return ClockTone.BREACHED
    return ClockTone.WARNING if is_at_risk(ticket, share) else ClockTone.NORMAL
