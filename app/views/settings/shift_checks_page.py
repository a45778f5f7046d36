"""Checks of a shift: what is ticked at its start and end, and which equipment is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.duty import CheckDetails, CheckMoment, ShiftCheck
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.duty import rules
from app.services.duty.check_commands import add_check, edit_check, move_check, set_check_active
from app.services.duty.queries import shift_checks
from app.services.setup.shipped_commands import ShippedList
from app.views.base.columns import Column
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.settings.choices import shown_name
from app.views.settings.inputs import fill
from app.views.settings.records import RecordKind, Values
from app.views.settings.records_pane import RecordsPane, look_of


class CheckKinds(RecordKind[ShiftCheck]):
    """All points in one list: those of the start first, then equipment, then those of the end."""

    fields_of: Mapping[str, str] = {
        "settings.name_missing": "name",
        "settings.code_missing": "code",
        "settings.code_taken": "code",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def reading(self) -> Callable[[], Any]:
        return partial(shift_checks, self._ctx, include_retired=True)

    def rows(self, answer: Any) -> Sequence[ShiftCheck]:
        found: Sequence[ShiftCheck] = answer
        return found

    def name(self, record: ShiftCheck) -> str:
        return shown_name(record.name, record.name_alt)

    def searched(self, record: ShiftCheck) -> Iterable[str]:
        return (record.code, record.name, record.name_alt)

    def values(self, record: ShiftCheck) -> Values:
        return {
            "name": record.name,
            "name_alt": record.name_alt,
            "code": record.code,
            "moment": record.moment.value,
        }

    def blank(self) -> Values:
        return {"name": "", "name_alt": "", "code": "", "moment": CheckMoment.START.value}

    def check(self, values: Values) -> None:
        rules.check_point(_details(values))

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_check, self._ctx, _details(values))

    def editing(self, record: ShiftCheck, values: Values) -> Callable[[], Outcome]:
        return partial(edit_check, self._ctx, record.id, _details(values), version=record.version)

    is_ordered = True

    def placing(self, record: ShiftCheck, before_id: int | None) -> Callable[[], Outcome]:
        return partial(move_check, self._ctx, record.id, version=record.version, before_id=before_id)

    def neighbours(self, record: ShiftCheck, rows: Sequence[ShiftCheck]) -> Sequence[ShiftCheck]:
        return [row for row in rows if row.moment is record.moment]

    def switching(self, record: ShiftCheck, *, is_active: bool) -> Callable[[], Outcome]:
        return partial(set_check_active, self._ctx, record.id, version=record.version, is_active=is_active)


class ShiftChecksPane(RecordsPane[ShiftCheck]):
    """A retired point is asked for no more; what earlier shifts found at it stays in their handovers."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        kind = CheckKinds(ctx)
        columns = (
            Column("moment", N_("When"), _moment, width=130, look=look_of),
            Column("name", N_("Check item"), kind.name, look=look_of, is_stretched=True),
            Column("code", N_("Code"), _code, width=130, look=look_of),
        )
        empty = EmptyState(
            "list-checks",
            _("No check here"),
            _("Checks are ticked on the duty board; the handover tells what was found."),
        )
        super().__init__(ctx, env, kind, columns, empty, shipped=ShippedList.SHIFT_CHECKS, parent=parent)

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New check")

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        moment = Choose()
        fill(moment, [(moment_name(each), each.value) for each in CheckMoment])
        name, name_alt, code = QLineEdit(), QLineEdit(), QLineEdit()
        name.setMaxLength(rules.LONGEST_NAME)
        name_alt.setMaxLength(rules.LONGEST_NAME)
        code.setMaxLength(rules.LONGEST_CODE)
        self.place(self.add_field("name", _("Name in English"), name, required=True))
        self.place(self.add_field("name_alt", _("Name in Chinese"), name_alt))
        self.place(
            self.add_field("moment", _("When"), moment),
            self.add_field("code", _("Code"), code, required=True),
        )
        self.fields.addWidget(
            PlainLabel(_("A check that was not good needs a note when it is ticked."), "small", wrap=True)
        )


def moment_name(moment: CheckMoment) -> str:
    """Return when a point is looked at, in words."""
    return {
        CheckMoment.START: _("Start of the shift"),
        CheckMoment.EQUIPMENT: _("Equipment"),
        CheckMoment.END: _("End of the shift"),
    }[moment]


def _details(values: Values) -> CheckDetails:
    return CheckDetails(values["code"], values["name"], values["name_alt"], CheckMoment(values["moment"]))


def _moment(check: ShiftCheck) -> str:
    return moment_name(check.moment)


def _code(check: ShiftCheck) -> str:
    return check.code
