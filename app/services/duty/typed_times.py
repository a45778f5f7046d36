"""Times of day as people type them into a correction: "07:58", "7.58", "0758", "７：５８". Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.errors import BadInput

_TIME = re.compile(r"(\d{1,2})[:.](\d{2})|(\d{1,2})(\d{2})")
# Full-width digits and colon, as a Chinese input method leaves them.
_WIDE = str.maketrans("０１２３４５６７８９：．。", "0123456789:..")
_SHOWN = 40


def read_time(text: str, near: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which the clocks of a zone show what was typed, the one closest to `near`.

    So a night shift's "07:58" means the morning after.

    Raises:
        BadInput: `duty.time_bad`.
    """
    typed = "".join(text.split()).translate(_WIDE)
    found = _TIME.fullmatch(typed)
    hour, minute = (int(part) for part in found.groups() if part is not None) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise BadInput("duty.time_bad", text=text[:_SHOWN])
    local = near.astimezone(zone)
    days = [local.date() + timedelta(days=count) for count in (-1, 0, 1)]
    at = [datetime(on.year, on.month, on.day, hour, minute, tzinfo=zone) for on in days]
    return min(at, key=lambda each: abs(each.timestamp() - near.timestamp())).astimezone(near.tzinfo)
