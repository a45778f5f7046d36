"""Who is on duty and what comes next, in the few words a tool tip has room for. Pure."""

from __future__ import annotations

from datetime import datetime

from app.services.base.names import name_in
from app.services.shell.queries import DutyNow
from app.views.base.format import Format, phone
from app.views.base.i18n import _, current


def duty_line(duty: DutyNow, fmt: Format) -> str:
    """Return "On duty: Wang Fang 138 0013 8000" and, on a line of its own, the next change."""
    who = f"{duty.supervisor} {phone(duty.number)}".strip() or _("no duty supervisor")
    lines = (_("On duty: {who}").format(who=who), duty_change(duty, fmt))
    return "\n".join(line for line in lines if line)


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
