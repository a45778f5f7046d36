"""The desk's emergency number: it is nobody's setting, and changes with the shift by itself (S1-49)."""

from __future__ import annotations

from app.models.entities.announcements import EmergencyContact
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.duty.presence import on_duty_with_away
from app.services.settings import declared
from app.services.settings.current import load_config


@query(permission="roster.read")
def emergency_contact(ctx: Context, read: Reader) -> EmergencyContact:
    """Return whom to call now: the duty supervisor's mobile, of several one who is at the desk.

    Where the roster names nobody who leads, or who leads has no number, it is the desk's own.
    """
    found = on_duty_with_away(read, ctx.clock.now(), ctx.language)
    leaders = [(one, away) for one, away in found if one.is_supervisor and not one.is_standby]
    for one, _away in sorted(leaders, key=lambda pair: pair[1] is not None):
        if number := one.mobile or one.phone:
            return EmergencyContact(number, one.person_name, one.ends_at)
    until = min((one.ends_at for one, _away in leaders), default=None)
    return EmergencyContact(load_config(read).settings[declared.DESK_PHONE], until=until)
