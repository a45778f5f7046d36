"""Who is on duty and what comes next, in the few words a tool tip has room for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.models.entities.duty import DutyRole
from app.services.base.names import name_in
from app.services.shell.queries import DutyNow
from app.views.base.format import Format, phone
from app.views.base.i18n import N_, LazyText, _, current

LONGEST_TIP = 127
"""What Windows shows of the tool tip of an icon in the tray, in characters."""
_MOST = 15
_ROLES: Mapping[DutyRole, LazyText] = {
    DutyRole.HOTLINE: N_("Hotline"),
    DutyRole.FIELD: N_("Field"),
    DutyRole.STANDBY: N_("Standby"),
}


def duty_line(duty: DutyNow, fmt: Format) -> str:
    """Return "On duty: Wang Fang 138 0013 8000", the desk's number and the next change, a line each."""
    who = f"{duty.supervisor} {phone(duty.number)}".strip() or _("no duty supervisor")
    desk = _("Service desk: {number}").format(number=phone(duty.phone)) if duty.phone else ""
    lines = (_("On duty: {who}").format(who=who), desk, duty_change(duty, fmt))
    return "\n".join(line for line in lines if line)


def duty_entries(duty: DutyNow) -> tuple[str, ...]:
    """Return the desk's number, then who leads, takes calls, goes out and stands by, with their numbers.

    These are the entries of the tray's menu: a tool tip has room for less than half of them.
    """
    lines = [_("Service desk: {number}").format(number=phone(duty.phone))] if duty.phone else []
    who = f"{duty.supervisor} {phone(duty.number)}".strip() or _("no duty supervisor")
    lines.append(_("Duty supervisor: {name}").format(name=who))
    for role, name, number in duty.others[:_MOST]:
        said = f"{name} {phone(number)}".strip()
        lines.append(_("{role}: {who}").format(role=str(_ROLES[role]), who=said))
    if len(duty.others) > _MOST:
        lines.append(_("and {n} more people").format(n=len(duty.others) - _MOST))
    return tuple(lines)


def fitting(text: str, longest: int = LONGEST_TIP) -> str:
    """Return a tool tip in so many characters: lines that would be cut in the middle are left out."""
    kept = ""
    for line in text.split("\n"):
        longer = f"{kept}\n{line}" if kept else line
        if len(longer) > longest:
            break
        kept = longer
    return kept or text[:longest]


def handover_line(duty: DutyNow, fmt: Format, now: datetime) -> str:
    """Return what is missing of the handover, as its mark's tool tip; "" where nothing is."""
    if duty.unsigned_since is not None:
        return _("Not handed over since {time}: a signature is missing.").format(
            time=fmt.when(duty.unsigned_since, now)
        )
    if duty.is_handover_due:
        said = _("The shift ends {time}: its handover is written and waits for both signatures.")
        return said.format(time=fmt.clock(duty.ends_at))
    return ""


def duty_change(duty: DutyNow, fmt: Format) -> str:
    """Return "Next: 20:00 Night, Sun Lei"; "" where no shift takes over."""
    if not duty.next_shift:
        return ""
    name = name_in(duty.next_shift, duty.next_shift_alt, current.code)
    leader = duty.next_supervisor or _("no duty supervisor")
    said = _("{time} {shift}, {who}").format(time=fmt.clock(duty.ends_at), shift=name, who=leader)
    return _("Next: {what}").format(what=said)
