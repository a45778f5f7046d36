"""What the cells of the desk's two lists say: a ticket's priority, state, people and time left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.models.entities.tickets import TicketRow, TicketStatus
from app.services.base.terms import term
from app.views.base.columns import CellKind, Column, Mark, PriorityLook, TextLook, TimeLook
from app.views.base.format import Format
from app.views.base.i18n import N_, _, pgettext
from app.views.base.major_words import major_said, major_tag
from app.views.base.priority_words import priority_said
from app.views.base.widgets.paint import STATUS_LOOK, ClockTone

_NOTHING = timedelta()
_NEVER = datetime.max.replace(tzinfo=UTC)
# Below this share of its time a promise is in danger.
_WARN_BELOW = 0.25
_QUIET = TextLook(token="muted")


class TicketCells:
    """Words and looks of ticket rows; `now` is asked whenever a cell is prepared."""

    def __init__(self, fmt: Format, now: Callable[[], datetime]) -> None:
        self._format = fmt
        self._now = now

    def queue_columns(self) -> list[Column[TicketRow]]:
        """Return the columns of my queue."""
        return [
            self._priority(),
            self._number(),
            self._subject(),
            Column(
                "requester", N_("Requester"), lambda row: row.requester_name, width=112, is_sortable=False
            ),
            Column(
                "status",
                N_("Status"),
                lambda row: term(self._format.texts, row.status),
                CellKind.STATUS,
                width=112,
                look=lambda row: Mark(*STATUS_LOOK[row.status]),
                is_sortable=False,
            ),
            self._time_left(158),
        ]

    def breach_columns(self) -> list[Column[TicketRow]]:
        """Return the columns of what breaches next."""
        return [
            self._priority(),
            self._number(),
            self._subject(look=_promise_look, hint=self._promise_hint),
            Column(
                "assignee",
                N_("Assignee"),
                lambda row: row.assignee_name or _("Unassigned"),
                CellKind.PERSON,
                width=140,
                look=lambda row: None if row.assignee_id is not None else Mark("circle-dashed", "muted"),
                is_sortable=False,
            ),
            self._time_left(158, first_broken),
        ]

    def time_left(self, row: TicketRow) -> str:
        """Return "24 min", "−18 min" when it is over, or "paused"; "" without a promise."""
        if row.is_paused:
            return _("paused")
        if row.due_at is None:
            return ""
        now = self._now()
        if now < row.due_at:
            return self._format.duration(row.due_at - now)
        return pgettext("overdue", "−{duration}").format(duration=self._format.duration(now - row.due_at))

    def _time_look(self, row: TicketRow) -> TimeLook | None:
        if row.is_paused:
            return TimeLook(_share(row, row.updated_at), ClockTone.PAUSED)
        if row.due_at is None:
            return None
        share = _share(row, self._now())
        if share <= 0:
            return TimeLook(0.0, ClockTone.BREACHED)
        return TimeLook(round(share, 2), ClockTone.WARNING if share <= _WARN_BELOW else ClockTone.NORMAL)

    def _time_hint(self, row: TicketRow) -> str:
        if row.is_paused:
            return _("The clock stands still while the ticket waits.")
        if row.due_at is None:
            return _("No time is promised for this ticket.")
        return _("due {time}").format(time=self._format.exact(row.due_at))

    def _priority(self) -> Column[TicketRow]:
        return Column(
            "priority",
            N_("Priority"),
            lambda row: f"P{row.priority_now}",
            CellKind.PRIORITY,
            width=64,
            look=lambda row: PriorityLook(row.priority_now, is_raised=row.priority_now != row.priority),
            hint=lambda row: priority_said(self._format.texts, row.priority, row.priority_now),
            is_sortable=False,
        )

    def _number(self) -> Column[TicketRow]:
        return Column(
            "number",
            N_("Number"),
            lambda row: str(row.number),
            width=72,
            look=lambda _row: _QUIET,
            is_sortable=False,
        )

    def _promise_hint(self, row: TicketRow) -> str:
        said = _subject_hint(row)
        if row.promised_at is None or first_broken(row) is row:
            return said
        told = _("The user was told {time}").format(time=self._format.exact(row.promised_at))
        return f"{said or row.subject}\n{told}"

    def _subject(
        self,
        look: Callable[[TicketRow], TextLook] | None = None,
        hint: Callable[[TicketRow], str] | None = None,
    ) -> Column[TicketRow]:
        return Column(
            "subject",
            N_("Subject"),
            lambda row: row.subject,
            width=240,
            look=look or _subject_look,
            hint=hint or _subject_hint,
            is_sortable=False,
            is_stretched=True,
        )

    def _time_left(
        self, width: int, of: Callable[[TicketRow], TicketRow] = lambda row: row
    ) -> Column[TicketRow]:
        """Return the column; `of` says which promise of a row is meant."""
        return Column(
            "time_left",
            N_("Time left"),
            lambda row: self.time_left(of(row)),
            CellKind.TIME_LEFT,
            width=width,
            look=lambda row: self._time_look(of(row)),
            hint=lambda row: self._time_hint(of(row)),
            is_sortable=False,
        )


def breaks_at(row: TicketRow) -> datetime:
    """Return when the first promise of a ticket is over; the end of time where it has none."""
    due = None if row.is_paused else row.due_at
    return min((at for at in (due, row.promised_at) if at is not None), default=_NEVER)


def first_broken(row: TicketRow) -> TicketRow:
    """Return the row with the time told in place of its promise, where that comes first; else itself."""
    if row.promised_at is None or breaks_at(row) != row.promised_at:
        return row
    return replace(row, due_at=row.promised_at, is_paused=False)


def _subject_hint(row: TicketRow) -> str:
    return f"{row.subject}\n{major_said()}" if row.is_major else ""


def _promise_look(row: TicketRow) -> TextLook:
    look = _subject_look(row)
    if first_broken(row) is row:
        return look
    return replace(look, badges=(*look.badges, Mark("megaphone", "accent")))


def _subject_look(row: TicketRow) -> TextLook:
    is_new = row.status in {TicketStatus.NEW, TicketStatus.ASSIGNED}
    badges = []
    if row.is_vip:
        badges.append(Mark("star", "warn"))
    if row.reopened_count:
        badges.append(Mark("rotate-ccw", "bad"))
    tag = major_tag() if row.is_major else ""
    return TextLook(is_strong=is_new, dot="accent" if is_new else "", badges=tuple(badges), tag=tag)


def _share(row: TicketRow, now: datetime) -> float:
    """Return which part of the time between start and due is left, 0 to 1; wall time is close enough."""
    if row.due_at is None or row.clock_started_at is None:
        return 0.5 if row.is_paused else 1.0
    whole = row.due_at - row.clock_started_at
    return min(1.0, max(0.0, (row.due_at - now) / whole)) if whole > _NOTHING else 0.0
