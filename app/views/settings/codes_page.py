"""Cause and resolution codes: two short lists that are chosen from when a ticket is resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.settings import CodeItem, CodeKind
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings import rules
from app.services.settings.commands import add_code_item, rename_code_item, set_code_item_active
from app.services.settings.order_commands import move_entry
from app.services.settings.queries import code_items
from app.views.base.columns import Column
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.settings.choices import reading_together, shown_name
from app.views.settings.inputs import fill
from app.views.settings.records import RecordKind, Values
from app.views.settings.records_pane import RecordsPane, look_of


class CodeKinds(RecordKind[CodeItem]):
    """Both lists in one: causes first."""

    fields_of: Mapping[str, str] = {
        "settings.name_missing": "name",
        "settings.code_missing": "code",
        "settings.code_taken": "code",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def reading(self) -> Callable[[], Any]:
        return reading_together(
            *(partial(code_items, self._ctx, kind, include_retired=True) for kind in CodeKind)
        )

    def rows(self, answer: Any) -> Sequence[CodeItem]:
        return [item for items in answer for item in items]

    def name(self, record: CodeItem) -> str:
        return shown_name(record.name, record.name_alt)

    def searched(self, record: CodeItem) -> Iterable[str]:
        return (record.code, record.name, record.name_alt)

    def values(self, record: CodeItem) -> Values:
        return {
            "kind": record.kind.value,
            "name": record.name,
            "name_alt": record.name_alt,
            "code": record.code,
        }

    def blank(self) -> Values:
        return {"kind": CodeKind.CAUSE.value, "name": "", "name_alt": "", "code": ""}

    def check(self, values: Values) -> None:
        rules.check_names(values["code"], values["name"])

    def adding(self, values: Values) -> Callable[[], Outcome]:
        names = {name: values[name] for name in ("code", "name", "name_alt")}
        return partial(add_code_item, self._ctx, CodeKind(values["kind"]), **names)

    def editing(self, record: CodeItem, values: Values) -> Callable[[], Outcome]:
        return partial(
            rename_code_item,
            self._ctx,
            record.id,
            version=record.version,
            name=values["name"],
            name_alt=values["name_alt"],
        )

    is_ordered = True

    def placing(self, record: CodeItem, before_id: int | None) -> Callable[[], Outcome]:
        return partial(
            move_entry, self._ctx, "code_item", record.id, version=record.version, before_id=before_id
        )

    def neighbours(self, record: CodeItem, rows: Sequence[CodeItem]) -> Sequence[CodeItem]:
        return [row for row in rows if row.kind is record.kind]

    def switching(self, record: CodeItem, *, is_active: bool) -> Callable[[], Outcome]:
        return partial(
            set_code_item_active, self._ctx, record.id, version=record.version, is_active=is_active
        )


class CodesPane(RecordsPane[CodeItem]):
    """A code stays as it is once it is there, for tickets carry it; its names may change."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        kind = CodeKinds(ctx)
        columns = (
            Column("kind", N_("List"), _list_name, width=130, look=look_of),
            Column("name", N_("Entry"), kind.name, look=look_of, is_stretched=True),
            Column("code", N_("Code"), _code, width=120, look=look_of),
        )
        empty = EmptyState(
            "list-checks",
            _("No code here"),
            _("Causes and ways of resolving are chosen when a ticket is resolved."),
        )
        super().__init__(ctx, env, kind, columns, empty, parent=parent)

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New code")

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        self.list_box = Choose()
        fill(
            self.list_box,
            [(_("Cause"), CodeKind.CAUSE.value), (_("Resolution code"), CodeKind.RESOLUTION.value)],
        )
        self.code = QLineEdit()
        self.place(
            self.add_field("name", _("Name in English"), QLineEdit(), required=True),
            self.add_field("name_alt", _("Name in Chinese"), QLineEdit()),
        )
        self.place(
            self.add_field("kind", _("List"), self.list_box),
            self.add_field("code", _("Code"), self.code, required=True),
        )
        self.fixed = PlainLabel(
            _("Tickets carry the code, so it stays; the names may change."), "small", wrap=True
        )
        self.fields.addWidget(self.fixed)

    def show_record(self, record: CodeItem | None) -> None:
        """Let list and code be chosen for a new entry only."""
        self.list_box.setEnabled(self.may_edit and record is None)
        self.code.setReadOnly(not self.may_edit or record is not None)
        self.fixed.setVisible(record is not None)


def _code(item: CodeItem) -> str:
    return item.code


def _list_name(item: CodeItem) -> str:
    return _("Cause") if item.kind is CodeKind.CAUSE else _("Resolution code")
