"""What the desk announces: a new system, a change, a fault, maintenance, or plain news (S2-61, S4-6)."""

from __future__ import annotations

from enum import StrEnum


class AnnouncementKind(StrEnum):
    """What is announced; a new system has a day on which it goes live."""

    NEW_SYSTEM = "new_system"
    CHANGE = "change"
    FAULT = "fault"
    MAINTENANCE = "maintenance"
    NEWS = "news"


class AnnouncementChannel(StrEnum):
    """By which way users are told, ticked by whoever announces."""

    BOARD = "board"
    EMAIL = "email"
    PHONE = "phone"
    INTRANET = "intranet"
    SITE_VISIT = "site_visit"
