"""From an error's code to what a person is told: what happened, what was kept, what to do.

To add a code: a line in `error_texts.py` (daily work) or `error_texts_setup.py`, its Chinese in
`errors.po`; a test walks every code that `app/` can raise. Placeholders are the error's parameters.
"""

from __future__ import annotations

import platform
import traceback
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import (
    BadInput,
    FirstlineError,
    NotAllowed,
    NotFound,
    RuleViolation,
    StaleRecord,
    StoreUnavailable,
)
from app.models.entities.roster import BrokenRule
from app.services.base.progress import Cancelled
from app.services.base.terms import TERMS, permission_term, term
from app.services.roster.words import TITLES as RULE_TITLES
from app.views.base.error_texts import DESK_ERRORS
from app.views.base.error_texts_announcements import ANNOUNCEMENT_ERRORS
from app.views.base.error_texts_calendars import CALENDAR_ERRORS
from app.views.base.error_texts_catalogue import CATALOGUE_ERRORS
from app.views.base.error_texts_duty import DUTY_ERRORS
from app.views.base.error_texts_escalation import ESCALATION_ERRORS
from app.views.base.error_texts_facts import FACT_ERRORS
from app.views.base.error_texts_filling import FILLING_ERRORS
from app.views.base.error_texts_handover import HANDOVER_ERRORS
from app.views.base.error_texts_leave import LEAVE_ERRORS
from app.views.base.error_texts_levels import LEVEL_ERRORS
from app.views.base.error_texts_matrix import MATRIX_ERRORS
from app.views.base.error_texts_notices import NOTICE_ERRORS
from app.views.base.error_texts_roster import ROSTER_ERRORS
from app.views.base.error_texts_settings_file import SETTINGS_FILE_ERRORS
from app.views.base.error_texts_setup import SETUP_ERRORS
from app.views.base.error_texts_staffing import STAFFING_ERRORS
from app.views.base.error_texts_whatif import WHATIF_ERRORS
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _

ERROR_TEXTS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    **DESK_ERRORS,
    **SETUP_ERRORS,
    **ANNOUNCEMENT_ERRORS,
    **CALENDAR_ERRORS,
    **CATALOGUE_ERRORS,
    **DUTY_ERRORS,
    **ESCALATION_ERRORS,
    **FACT_ERRORS,
    **FILLING_ERRORS,
    **NOTICE_ERRORS,
    **HANDOVER_ERRORS,
    **LEAVE_ERRORS,
    **LEVEL_ERRORS,
    **MATRIX_ERRORS,
    **ROSTER_ERRORS,
    **STAFFING_ERRORS,
    **WHATIF_ERRORS,
    **SETTINGS_FILE_ERRORS,
}
"""The one table: code -> (what happened, what was kept or what to do)."""

# What to say after the first sentence where the code has nothing of its own to say.
_ADVICE: tuple[tuple[type[FirstlineError], LazyText], ...] = (
    (NotFound, N_("It may have been deleted or renamed meanwhile. Nothing was changed.")),
    (BadInput, N_("Nothing was changed. Correct it and try again.")),
    (RuleViolation, N_("Nothing was changed. What you typed is kept.")),
    (StoreUnavailable, N_("Nothing was saved. What you typed is kept.")),
    (FirstlineError, N_("Nothing was changed.")),
)

FIELD_NAMES: Mapping[str, LazyText] = {
    "type": N_("Type"),
    "channel": N_("Channel"),
    "subject": N_("Subject"),
    "description": N_("Description"),
    "requester_id": N_("Requester"),
    "owner_id": N_("Owner"),
    "team_id": N_("Team"),
    "assignee_id": N_("Assignee"),
    "category_id": N_("Category"),
    "service_id": N_("Service"),
    "location": N_("Location"),
    "impact": N_("Impact"),
    "urgency": N_("Urgency"),
    "priority": N_("Priority"),
    "waiting_reason_id": N_("Waiting reason"),
    "solution": N_("Solution"),
    "cause_code": N_("Cause"),
    "resolution_code": N_("Resolution code"),
    "resolved_line": N_("Resolved by line"),
    "article_id": N_("Knowledge used"),
    "confirmation": N_("Confirmation"),
    "duplicate_of": N_("Duplicate of"),
    "is_proactive": N_("Found by monitoring"),
    "is_major": N_("Major incident"),
    "restored_at": N_("Service restored"),
    "bearable_until": N_("User can wait until"),
    "promised_at": N_("Time told"),
    "estimate_minutes": N_("Estimated time"),
    "estimate_people": N_("Estimated people"),
    "estimate_cost": N_("Estimated cost"),
}
"""Fields of a ticket as people call them; forms and error sentences use the same words."""

_FIELD_PARAMS = frozenset({"field", "missing"})


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person is told. `is_retry` says that the same action may succeed later."""

    happened: str
    advice: str
    is_retry: bool = False


def explain(error: FirstlineError, fmt: Format) -> Explanation:
    """Return the sentences for an error, its parameters filled in, in the language of `fmt`.

    A code without sentences (of a newer part of the program) is named as it is; that is never a failure.
    """
    happened, advice = ERROR_TEXTS.get(error.code, (None, None))
    told = _Told(error.params, fmt)
    say = fmt.texts.gettext
    if happened is None:
        first = _("This was refused ({code}).").format(code=error.code)
    else:
        first = say(happened.msgid).format_map(told)
    if advice is None or (isinstance(error, NotAllowed) and not error.params.get("who")):
        advice = next(text for kind, text in _ADVICE if isinstance(error, kind))
    return Explanation(first, say(advice.msgid).format_map(told), isinstance(error, StoreUnavailable))


class _Told(dict[str, str]):
    """An error's parameters as a person reads them; one that is missing leaves a gap, not a failure."""

    def __init__(self, params: Mapping[str, object], fmt: Format) -> None:
        super().__init__({name: _told(name, value, fmt) for name, value in params.items()})

    def __missing__(self, name: str) -> str:
        return "…"


def _told(name: str, value: object, fmt: Format) -> str:
    if isinstance(value, BrokenRule) or type(value) in TERMS:
        return _told_term(value, fmt)
    if isinstance(value, datetime):
        return fmt.exact(value)
    if isinstance(value, date):
        return fmt.day(value)
    if isinstance(value, str):
        return _told_text(name, value, fmt)
    if isinstance(value, Collection):
        return fmt.texts.pgettext("between things", ", ").join(_told(name, each, fmt) for each in value)
    return "" if value is None else str(value)


def _told_term(value: object, fmt: Format) -> str:
    if isinstance(value, BrokenRule):
        return fmt.texts.gettext(RULE_TITLES[value])
    return term(fmt.texts, value) if isinstance(value, StrEnum) else str(value)


def _told_text(name: str, text: str, fmt: Format) -> str:
    if name == "permission":
        return permission_term(fmt.texts, text)
    known = FIELD_NAMES.get(text) if name in _FIELD_PARAMS else None
    return fmt.texts.gettext(known.msgid) if known is not None else text


class ErrorPresenter(QObject):
    """Where every error of the window ends. The shell shows `told` as a toast and `unforeseen` as a report.

    Screens connect their `failed` signal to `show`; the gateway and `sys.excepthook` call `report`.
    """

    told = Signal(object)  # Explanation
    stale = Signal(object)  # StaleRecord, after `told`: whoever shows the record may offer a merge
    unforeseen = Signal(str, str)  # a sentence, and the details to copy

    def __init__(self, formats: Callable[[], Format], version: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._version = version
        self._reported: BaseException | None = None

    def show(self, error: BaseException) -> None:
        """Tell a person about an error. Their own cancelling is no news; a reported one is not told twice."""
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, FirstlineError):
            self.report(error)
            return
        self.told.emit(explain(error, self._formats()))
        if isinstance(error, StaleRecord):
            self.stale.emit(error)

    def report(self, error: BaseException) -> None:
        """Show what nobody foresaw, with what somebody needs to find the cause. Expected errors are told."""
        if isinstance(error, FirstlineError):
            self.show(error)
        elif error is not self._reported:
            self._reported = error
            summary = _(
                "The program goes on working. What you typed is kept; the last action may be missing."
            )
            self.unforeseen.emit(summary, self._details(error))

    def _details(self, error: BaseException) -> str:
        trace = "".join(traceback.format_exception(error))
        return (
            f"Firstline {self._version}, Python {platform.python_version()}, {platform.platform()}\n\n{trace}"
        )
