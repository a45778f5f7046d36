"""How a ticket in a list becomes cells: texts, looks and explanations. Shared by every table of tickets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from app.models.entities.tickets import OPEN_STATUSES, Channel, TicketRow, TicketStatus
from app.services.base.terms import term
from app.views.base.columns import Mark, PriorityLook, TextLook, TimeLook
from app.views.base.format import Format
from app.views.base.i18n import _, pgettext
from app.views.base.major_words import major_said, major_tag
from app.views.base.priority_words import priority_said
from app.views.base.widgets.paint import STATUS_LOOK, ClockTone

# Below this share of the time the bar warns: the last of the usual warning steps is at 75 % used.
_WARN_BELOW = 0.25
_NOTHING = timedelta()
_CHANNEL_BADGES = {
    Channel.EMAIL: "mail",
    Channel.WEB: "globe",
    Channel.VOICEMAIL: "phone-missed",
    Channel.MONITORING: "activity",
}


class TicketCells:
    """Says and shows one `TicketRow`. `now` is asked each time, so that times go on."""

    def __init__(self, fmt: Format, now: Callable[[], datetime]) -> None:
        self._format = fmt
        self._now = now

    # -- plain texts ---------------------------------------------------------------------------------

    def number(self, row: TicketRow) -> str:
        """Return the number without its prefix: the column's title says what it is."""
        return str(row.number)

    def priority(self, row: TicketRow) -> str:
        """Return "P2": what the chip says."""
        return f"P{row.priority_now}"

    def priority_hint(self, row: TicketRow) -> str:
        """Return "P2 High", or from what it was raised."""
        return priority_said(self._format.texts, row.priority, row.priority_now)

    def status(self, row: TicketRow) -> str:
        """Return the state in the reader's words."""
        return term(self._format.texts, row.status)

    def kind(self, row: TicketRow) -> str:
        """Return the type in the reader's words."""
        return term(self._format.texts, row.type)

    def channel(self, row: TicketRow) -> str:
        """Return how it was reported."""
        return term(self._format.texts, row.channel)

    def received(self, row: TicketRow) -> str:
        """Return when it was received, as short as today allows."""
        return self._format.when(row.received_at, self._now())

    def updated(self, row: TicketRow) -> str:
        """Return when anything last changed."""
        return self._format.when(row.updated_at, self._now())

    def resolved(self, row: TicketRow) -> str:
        """Return when it was resolved, "" before."""
        return "" if row.resolved_at is None else self._format.when(row.resolved_at, self._now())

    def first_line(self, row: TicketRow, line: int | None) -> str:
        """Return what is left of the first line's time box; "" once the ticket is beyond or done.

        `line` is that of its team, None where it has none.
        """
        is_over = row.status not in OPEN_STATUSES or row.is_paused or (line or 1) > 1
        if row.first_line_due_at is None or is_over:
            return ""
        now = self._now()
        if now < row.first_line_due_at:
            return self._format.duration(row.first_line_due_at - now)
        over = self._format.duration(now - row.first_line_due_at)
        return pgettext("overdue", "−{duration}").format(duration=over)

    # -- looks ---------------------------------------------------------------------------------------

    def priority_look(self, row: TicketRow) -> PriorityLook:
        """Return the chip."""
        return PriorityLook(row.priority_now, is_raised=row.priority_now != row.priority)

    def status_look(self, row: TicketRow) -> Mark:
        """Return the state's icon."""
        return Mark(*STATUS_LOOK[row.status])

    def subject_look(self, row: TicketRow) -> TextLook:
        """Return semibold with a dot while nobody has taken it up, and what is special about it as icons."""
        is_new = row.status is TicketStatus.NEW
        tag = major_tag() if row.is_major else ""
        return TextLook(is_strong=is_new, dot="accent" if is_new else "", badges=tuple(_badges(row)), tag=tag)

    def subject_hint(self, row: TicketRow) -> str:
        """Return the whole subject and, in words, what the icons say."""
        facts = [major_said()] if row.is_major else []
        if row.status is TicketStatus.NEW:
            facts.append(_("not taken up yet"))
        if row.is_vip:
            facts.append(_("VIP requester"))
        if row.reopened_count:
            facts.append(_("reopened"))
        if row.channel in _CHANNEL_BADGES:
            facts.append(self.channel(row))
        return "\n".join(part for part in (row.subject, " · ".join(facts)) if part)

    # -- the time left -------------------------------------------------------------------------------

    def time_left(self, row: TicketRow) -> str:
        """Return "24 min", "−18 min" when it is over, "paused", or when it was resolved."""
        if row.resolved_at is not None:
            return self.resolved(row)
        if row.is_paused:
            return _("paused")
        if row.due_at is None:
            return ""
        now = self._now()
        if now < row.due_at:
            return self._format.duration(row.due_at - now)
        return pgettext("overdue", "−{duration}").format(duration=self._format.duration(now - row.due_at))

    def time_look(self, row: TicketRow) -> TimeLook | None:
        """Return the bar of the time left; none where nothing was promised or all is done."""
        if row.resolved_at is not None or (row.due_at is None and not row.is_paused):
            return None
        if row.is_paused:
            return TimeLook(_share(row, row.updated_at), ClockTone.PAUSED)
        share = _share(row, self._now())
        if share <= 0:
            return TimeLook(0.0, ClockTone.BREACHED)
        # Rounded to what can be seen, so that bars of equal length are one kept picture.
        return TimeLook(round(share, 2), ClockTone.WARNING if share <= _WARN_BELOW else ClockTone.NORMAL)

    def time_hint(self, row: TicketRow) -> str:
        """Return the exact due time, or why there is none."""
        if row.resolved_at is not None:
            return _("resolved {time}").format(time=self._format.exact(row.resolved_at))
        if row.is_paused:
            return _("The clock stands still while the ticket waits.")
        if row.due_at is None:
            return _("No time is promised for this ticket.")
        return _("due {time}").format(time=self._format.exact(row.due_at))


def _badges(row: TicketRow) -> list[Mark]:
    badges = []
    if row.is_vip:
        badges.append(Mark("star", "warn"))
    if row.reopened_count:
        badges.append(Mark("rotate-ccw", "bad"))
    if row.channel in _CHANNEL_BADGES:
        badges.append(Mark(_CHANNEL_BADGES[row.channel], "faint"))
    return badges


def _share(row: TicketRow, now: datetime) -> float:
    """Return which part of the time between start and due is left, 0 to 1; wall time is close enough."""
    if row.due_at is None or row.clock_started_at is None:
        return 0.5 if row.is_paused else 1.0
    whole = row.due_at - row.clock_started_at
    if whole <= _NOTHING:
        return 0.0
    return min(1.0, max(0.0, (row.due_at - now) / whole))
