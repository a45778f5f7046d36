"""What the duty board says: roles, gaps, presence and load as words. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.models.entities.duty import (
    Attendance,
    Away,
    AwayPermission,
    BoardPerson,
    CheckMoment,
    DutyBoard,
    DutyGap,
    DutyRole,
    Punctuality,
    ShiftCrew,
)
from app.services.base.names import name_in, named
from app.views.base.format import Format, phone
from app.views.base.i18n import N_, LazyText, _, ngettext

GAPS: Mapping[DutyGap, LazyText] = {
    DutyGap.NOBODY: N_("Nobody is on duty now."),
    DutyGap.ALL_AWAY: N_("Everybody on duty is away from the desk."),
    DutyGap.NO_SUPERVISOR: N_("This shift has no duty supervisor."),
    DutyGap.SUPERVISOR_AWAY: N_("The duty supervisor is away from the desk."),
    DutyGap.NO_NUMBER: N_("The duty supervisor has no telephone number: there is no emergency number."),
    DutyGap.STANDBY_SHORT: N_("Fewer people are on standby now than are needed."),
    DutyGap.NEXT_NOBODY: N_("Nobody is rostered for the next shift."),
    DutyGap.NEXT_NO_SUPERVISOR: N_("The next shift has no duty supervisor."),
}
"""What is wrong, as sentences."""
AHEAD = frozenset({DutyGap.NEXT_NOBODY, DutyGap.NEXT_NO_SUPERVISOR})
"""Gaps there is still time to close."""
ROLES: Mapping[DutyRole, LazyText] = {
    DutyRole.SUPERVISOR: N_("Duty supervisor"),
    DutyRole.HOTLINE: N_("Hotline"),
    DutyRole.FIELD: N_("Field"),
    DutyRole.SECOND_LINE: N_("Second line"),
    DutyRole.STANDBY: N_("Standby"),
}
MOMENTS: Mapping[CheckMoment, LazyText] = {
    CheckMoment.START: N_("Start of the shift"),
    CheckMoment.EQUIPMENT: N_("Equipment"),
    CheckMoment.END: N_("End of the shift"),
}


class DutyWords:
    """Words in the window's language."""

    def __init__(self, fmt: Format) -> None:
        self.fmt = fmt

    @property
    def language(self) -> str:
        """The window's language."""
        return self.fmt.texts.language

    def shift(self, crew: ShiftCrew | None) -> str:
        """Return "Day, until 20:00", or that no shift runs."""
        if crew is None:
            return _("No shift runs now.")
        name = named(crew.shift.template, self.language)
        return _("{shift}, until {time}").format(shift=name, time=self.fmt.clock(crew.shift.ends_at))

    def leaders(self, crew: ShiftCrew | None) -> str:
        """Return who leads a shift, or that nobody does."""
        if crew is None or not crew.leaders:
            return _("no duty supervisor")
        return ", ".join(one.person_name for one in crew.leaders)

    def emergency(self, board: DutyBoard) -> tuple[str, str]:
        """Return the emergency number and whose it is; both say so where there is none."""
        leaders = board.of_role(DutyRole.SUPERVISOR)
        if not leaders:
            return _("none"), _("no duty supervisor")
        return phone(leaders[0].number) or _("none"), leaders[0].duty.person_name

    def change(self, board: DutyBoard, now: datetime) -> tuple[str, str]:
        """Return "in 5 h 58 min" and "20:00 Night, Sun Lei" of the next handover."""
        if board.now is None:
            return "–", _("No shift runs now.")
        ends_at = board.now.shift.ends_at
        if board.after is None:
            return self.fmt.relative(ends_at, now), _("nobody takes over")
        name = named(board.after.shift.template, self.language)
        said = _("{time} {shift}, {who}").format(
            time=self.fmt.clock(ends_at), shift=name, who=self.leaders(board.after)
        )
        return self.fmt.relative(ends_at, now), said

    def team(self, one: BoardPerson) -> str:
        """Return the team of somebody on duty; of who stands by, that they do."""
        team = name_in(one.duty.team_name, one.duty.team_name_alt, self.language)
        return _("{team}, on standby").format(team=team) if one.role is DutyRole.STANDBY else team

    def presence(self, attendance: Attendance | None, punctual: Punctuality) -> tuple[str, str]:
        """Return what is known of somebody's coming, and a tone: "", "warn", "ok"."""
        if attendance is None:
            return (_("not checked in"), "") if punctual.is_missing else ("", "")
        came = self.fmt.clock(attendance.in_at)
        if attendance.out_at is not None:
            return _("left {time}").format(time=self.fmt.clock(attendance.out_at)), "warn"
        if punctual.late:
            late = ngettext("{count} min late", "{count} min late", punctual.late)
            return _("since {time}, {late}").format(time=came, late=late.format(count=punctual.late)), "warn"
        return _("since {time}").format(time=came), "ok"

    def away(self, away: Away, now: datetime) -> str:
        """Return "away: errand, back 14:30"; a return that is over says so."""
        permission = self.permission(away)
        said = self._gone(away, now)
        return _("{what} ({permission})").format(what=said, permission=permission) if permission else said

    def permission(self, away: Away) -> str:
        """Return whether a longer time away is allowed, and by whom; "" where nobody is asked."""
        who = name_in(away.decided_name, away.decided_name_alt, self.language) or _("the command line")
        return {
            AwayPermission.NONE: "",
            AwayPermission.ASKED: _("permission asked"),
            AwayPermission.GRANTED: _("granted by {who}").format(who=who),
            AwayPermission.REFUSED: _("asked to stay by {who}").format(who=who),
        }[away.permission]

    def _gone(self, away: Away, now: datetime) -> str:
        if away.planned_until is None:
            return _("away: {reason}").format(reason=away.reason)
        back = self.fmt.when(away.planned_until, now)
        if away.planned_until < now:
            return _("away: {reason}, should be back since {time}").format(reason=away.reason, time=back)
        return _("away: {reason}, back {time}").format(reason=away.reason, time=back)

    def load(self, one: BoardPerson) -> str:
        """Return "4 open", "4 open, 1 overdue"."""
        if one.overdue:
            return _("{count} open, {late} overdue").format(count=one.open_tickets, late=one.overdue)
        return ngettext("{count} open", "{count} open", one.open_tickets).format(count=one.open_tickets)
