"""Every setting of the site, declared once.

To add one: declare it here, append it to SETTINGS, and give it a label in `app/views/settings/terms.py`.
Its default gives the type; a stored value that does not fit falls back to the default and is reported.
"""

from __future__ import annotations

from typing import Any

from app.models.entities.settings import SettingKey

SITE_NAME = SettingKey("site.name", "Service desk", longest=80)
SITE_NAME_ALT = SettingKey("site.name_alt", "服务台", longest=80, may_be_empty=True)
DESK_PHONE = SettingKey("site.desk_phone", "1818", longest=40, may_be_empty=True)
TIMEZONE = SettingKey("site.timezone", "Asia/Shanghai", longest=60)
COUNTRY = SettingKey("site.country", "CN", longest=2, may_be_empty=True)
LANGUAGE = SettingKey("site.language", "zh_CN", choices=("en", "zh_CN"))
DEFAULT_CALENDAR = SettingKey("site.calendar", "office", longest=32)

NUMBER_PREFIX = SettingKey("tickets.number_prefix", "#", longest=8, may_be_empty=True)
NUMBER_WIDTH = SettingKey("tickets.number_width", 5, least=1, most=9, unit="digits")
REOPEN_DAYS = SettingKey("tickets.reopen_days", 5, least=0, most=90, unit="working_days")
AUTO_CLOSE_DAYS = SettingKey("tickets.auto_close_days", 3, least=1, most=90, unit="working_days")
CONFIRM_REMINDER_DAYS = SettingKey("tickets.confirm_reminder_days", 1, least=0, most=90, unit="working_days")
ATTACHMENT_LIMIT = SettingKey("tickets.attachment_limit", 25, least=1, most=100, unit="megabytes")

LOCK_OUT_TRIES = SettingKey("access.lock_out_tries", 5, least=3, most=20, unit="tries")
LOCK_OUT_MINUTES = SettingKey("access.lock_out_minutes", 15, least=1, most=1440, unit="minutes")
REMEMBER_DAYS = SettingKey("access.remember_days", 30, least=1, most=365, unit="days")

SETTINGS: tuple[SettingKey[Any], ...] = (
    SITE_NAME,
    SITE_NAME_ALT,
    DESK_PHONE,
    TIMEZONE,
    COUNTRY,
    LANGUAGE,
    DEFAULT_CALENDAR,
    NUMBER_PREFIX,
    NUMBER_WIDTH,
    REOPEN_DAYS,
    AUTO_CLOSE_DAYS,
    CONFIRM_REMINDER_DAYS,
    ATTACHMENT_LIMIT,
    LOCK_OUT_TRIES,
    LOCK_OUT_MINUTES,
    REMEMBER_DAYS,
)
BY_NAME = {key.name: key for key in SETTINGS}
