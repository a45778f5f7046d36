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
TOLD_WARNING_MINUTES = SettingKey("tickets.told_warning_minutes", 15, least=1, most=1440, unit="minutes")
CURRENCY = SettingKey("site.currency", "CNY", longest=8, may_be_empty=True)
BY_ROSTER_TEAMS = SettingKey("tickets.by_roster_teams", "", longest=200, may_be_empty=True)
ATTACHMENT_LIMIT = SettingKey("tickets.attachment_limit", 25, least=1, most=100, unit="megabytes")

SWAP_APPROVAL = SettingKey("roster.swap_approval", True)
SWAP_HOURS = SettingKey("roster.swap_hours", 72, least=1, most=720, unit="hours")
TAKE_BACK_HOURS = SettingKey("roster.take_back_hours", 24, least=0, most=168, unit="hours")
SHIFT_REMINDER_MINUTES = SettingKey("roster.reminder_minutes", 30, least=0, most=720, unit="minutes")
GAP_WARNING_DAYS = SettingKey("roster.gap_warning_days", 30, least=0, most=90, unit="days")

WISHES_A_MONTH = SettingKey("roster.wishes_a_month", 4, least=0, most=31, unit="wishes")
AWAY_PERMISSION_MINUTES = SettingKey("duty.away_permission_minutes", 30, least=0, most=720, unit="minutes")

TRAINING_NOTICE_DAYS = SettingKey("announcements.training_days", 3, least=1, most=30, unit="days")

LOCK_OUT_TRIES = SettingKey("access.lock_out_tries", 5, least=3, most=20, unit="tries")
LOCK_OUT_MINUTES = SettingKey("access.lock_out_minutes", 15, least=1, most=1440, unit="minutes")
REMEMBER_DAYS = SettingKey("access.remember_days", 30, least=1, most=365, unit="days")

STAFFING_LEVEL = SettingKey("staffing.level", 80, least=1, most=99, unit="percent")
STAFFING_WITHIN = SettingKey("staffing.within", 25, least=0, most=3600, unit="seconds")
STAFFING_ABANDONMENT = SettingKey("staffing.abandonment", 5, least=1, most=99, unit="percent")
STAFFING_PATIENCE = SettingKey("staffing.patience", 120, least=5, most=3600, unit="seconds")
STAFFING_SHRINKAGE = SettingKey("staffing.shrinkage", 30, least=0, most=90, unit="percent")
STAFFING_HANDLING = SettingKey("staffing.handling", 300, least=10, most=7200, unit="seconds")
STAFFING_WEEKS = SettingKey("staffing.weeks", 8, least=1, most=52, unit="weeks")
STAFFING_RAISES = SettingKey("staffing.raises_coverage", True)
STAFFING_OCCUPANCY = SettingKey("staffing.occupancy", 100, least=50, most=100, unit="percent")
STAFFING_KEEPS_HUNG_UP = SettingKey("staffing.keeps_hung_up", True)
STAFFING_TEAMS = SettingKey("staffing.teams", "", longest=200, may_be_empty=True)
STAFFING_USERS = SettingKey("staffing.users", 0, least=0, most=1_000_000, unit="people")
STAFFING_TRAVEL = SettingKey("staffing.travel", 0, least=0, most=1440, unit="minutes")
STAFFING_CALLS_A_MONTH = SettingKey("staffing.calls_a_month", 0, least=0, most=100_000, unit="calls")
STAFFING_SERVICE_HOURS = SettingKey("staffing.service_hours_only", False)
STAFFING_VISITS = SettingKey("staffing.visits", 0, least=0, most=100, unit="percent")
STAFFING_VISIT_MINUTES = SettingKey("staffing.visit_minutes", 30, least=1, most=1440, unit="minutes")
STAFFING_LANGUAGES = SettingKey("staffing.languages", "", may_be_empty=True)
STAFFING_OUT_OF_HOURS = SettingKey("staffing.out_of_hours", "", may_be_empty=True)
STAFFING_TIME_ZONES = SettingKey("staffing.time_zones", "", may_be_empty=True)
STAFFING_ON_SITE = SettingKey("staffing.on_site", "", may_be_empty=True)
STAFFING_WORK_PATTERNS = SettingKey("staffing.work_patterns", "", may_be_empty=True)
STAFFING_TARGETS = SettingKey("staffing.targets", "", may_be_empty=True)

RECORD_READS = SettingKey("audit.record_reads", "sensitive", choices=("nothing", "sensitive", "all"))
RECORD_MONTHS = SettingKey("audit.months", 24, least=1, most=120, unit="months")
MASK_PHONE = SettingKey("people.mask_phone", False)
MASK_MOBILE = SettingKey("people.mask_mobile", False)
MASK_EMAIL = SettingKey("people.mask_email", False)
MASK_LOCATION = SettingKey("people.mask_location", False)
MASK_TITLE = SettingKey("people.mask_title", False)

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
    TOLD_WARNING_MINUTES,
    CURRENCY,
    ATTACHMENT_LIMIT,
    BY_ROSTER_TEAMS,
    SWAP_APPROVAL,
    SWAP_HOURS,
    TAKE_BACK_HOURS,
    SHIFT_REMINDER_MINUTES,
    GAP_WARNING_DAYS,
    WISHES_A_MONTH,
    AWAY_PERMISSION_MINUTES,
    TRAINING_NOTICE_DAYS,
    LOCK_OUT_TRIES,
    LOCK_OUT_MINUTES,
    REMEMBER_DAYS,
    STAFFING_LEVEL,
    STAFFING_WITHIN,
    STAFFING_ABANDONMENT,
    STAFFING_PATIENCE,
    STAFFING_SHRINKAGE,
    STAFFING_HANDLING,
    STAFFING_WEEKS,
    STAFFING_RAISES,
    STAFFING_OCCUPANCY,
    STAFFING_KEEPS_HUNG_UP,
    STAFFING_TEAMS,
    STAFFING_USERS,
    STAFFING_CALLS_A_MONTH,
    STAFFING_SERVICE_HOURS,
    STAFFING_VISITS,
    STAFFING_VISIT_MINUTES,
    STAFFING_TRAVEL,
    STAFFING_LANGUAGES,
    STAFFING_OUT_OF_HOURS,
    STAFFING_TIME_ZONES,
    STAFFING_ON_SITE,
    STAFFING_WORK_PATTERNS,
    STAFFING_TARGETS,
    RECORD_READS,
    RECORD_MONTHS,
    MASK_PHONE,
    MASK_MOBILE,
    MASK_EMAIL,
    MASK_LOCATION,
    MASK_TITLE,
)
BY_NAME = {key.name: key for key in SETTINGS}
