"""Telephone scripts: the words for each moment of a call, in both languages, with a preview."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.settings import Script, ScriptDetails, Situation
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings import rules
from app.services.settings.commands import add_script, edit_script, set_script_active
from app.services.settings.order_commands import move_entry
from app.services.settings.queries import scripts
from app.services.settings.script_rendering import LONGEST_SCRIPT, render_script
from app.services.setup.shipped_commands import ShippedList
from app.views.base.columns import Column
from app.views.base.i18n import N_, LazyText, _, current
from app.views.base.pages import PageEnv
from app.views.base.widgets.cards import Well
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.settings.choices import shown_name
from app.views.settings.inputs import fill, text_box
from app.views.settings.records import RecordKind, Values
from app.views.settings.records_pane import RecordsPane, look_of

SITUATIONS: Mapping[Situation, LazyText] = {
    Situation.GREETING: N_("Greeting"),
    Situation.IDENTIFY: N_("Finding out who calls"),
    Situation.DIAGNOSE: N_("Finding the fault"),
    Situation.PROMISE: N_("Promising a time"),
    Situation.PROGRESS: N_("Telling how it goes"),
    Situation.HOLD: N_("Putting on hold"),
    Situation.TRANSFER: N_("Passing on"),
    Situation.CONFIRM: N_("Asking for confirmation"),
    Situation.REFUSE: N_("Refusing politely"),
    Situation.COMPLAINT: N_("Taking a complaint"),
    Situation.GOODBYE: N_("Saying goodbye"),
    Situation.FIELD_START: N_("Starting a visit"),
    Situation.FIELD_END: N_("Ending a visit"),
}

# What the preview fills in: an invented call, in the language of the script.
_EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "agent": "Li Na",
        "caller": "Mr Zhou",
        "desk_phone": "1818",
        "number": "10482",
        "subject": "No network in the meeting room",
        "due": "16:30",
        "next_update": "15:00",
        "team": "Field service",
    },
    "zh": {
        "agent": "李娜",
        "caller": "周先生",
        "desk_phone": "1818",
        "number": "10482",
        "subject": "会议室没有网络",
        "due": "16:30",
        "next_update": "15:00",
        "team": "现场服务组",
    },
}


class ScriptKind(RecordKind[Script]):
    """Scripts; a preview fills in what is said of an invented call."""

    fields_of: Mapping[str, str] = {
        "settings.name_missing": "name",
        "settings.code_missing": "code",
        "settings.code_taken": "code",
        "settings.body_missing": "body",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def reading(self) -> Callable[[], Any]:
        return partial(scripts, self._ctx, include_retired=True)

    def rows(self, answer: Any) -> Sequence[Script]:
        found: Sequence[Script] = answer
        return found

    def name(self, record: Script) -> str:
        return shown_name(record.details.name, record.details.name_alt)

    def searched(self, record: Script) -> Iterable[str]:
        details = record.details
        return (details.code, details.name, details.name_alt, details.body, details.body_alt)

    def values(self, record: Script) -> Values:
        details = record.details
        return {
            "name": details.name,
            "name_alt": details.name_alt,
            "code": details.code,
            "situation": details.situation.value,
            "body": details.body,
            "body_alt": details.body_alt,
        }

    def blank(self) -> Values:
        situation = Situation.GREETING.value
        return {"name": "", "name_alt": "", "code": "", "situation": situation, "body": "", "body_alt": ""}

    def check(self, values: Values) -> None:
        rules.check_script(_details(values))

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_script, self._ctx, _details(values))

    def editing(self, record: Script, values: Values) -> Callable[[], Outcome]:
        return partial(edit_script, self._ctx, record.id, _details(values), version=record.version)

    is_ordered = True

    def placing(self, record: Script, before_id: int | None) -> Callable[[], Outcome]:
        return partial(
            move_entry, self._ctx, "script", record.id, version=record.version, before_id=before_id
        )

    def switching(self, record: Script, *, is_active: bool) -> Callable[[], Outcome]:
        return partial(set_script_active, self._ctx, record.id, version=record.version, is_active=is_active)


class ScriptsPane(RecordsPane[Script]):
    """Under each text stands what an agent will read, with the variables filled in."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        kind = ScriptKind(ctx)
        columns = (
            Column("situation", N_("Moment"), _moment, width=170, look=look_of),
            Column("name", N_("Script"), kind.name, look=look_of, is_stretched=True),
        )
        empty = EmptyState(
            "headset",
            _("No script here"),
            _("Scripts are shown beside the ticket form while a caller talks."),
        )
        super().__init__(ctx, env, kind, columns, empty, shipped=ShippedList.SCRIPTS, parent=parent)

    @property
    def new_label(self) -> str:
        """See `FormPane.new_label`."""
        return _("New script")

    def build_form(self) -> None:
        """See `FormPane.build_form`."""
        moment = Choose()
        fill(moment, [(str(name), situation.value) for situation, name in SITUATIONS.items()])
        self.body, self.body_alt = text_box(), text_box()
        self.preview, self.preview_alt = PlainLabel("", wrap=True), PlainLabel("", wrap=True)
        self.place(
            self.add_field("name", _("Name in English"), QLineEdit(), required=True),
            self.add_field("name_alt", _("Name in Chinese"), QLineEdit()),
        )
        self.place(
            self.add_field("situation", _("Moment"), moment),
            self.add_field("code", _("Code"), QLineEdit(), required=True),
        )
        self.place(self.add_field("body", _("Words in English"), self.body, required=True))
        self._add_preview(self.preview)
        self.place(self.add_field("body_alt", _("Words in Chinese"), self.body_alt))
        self._add_preview(self.preview_alt)
        known = ", ".join(f"{{{{ {name} }}}}" for name in _EXAMPLES["en"])
        self.fields.addWidget(PlainLabel(_("Filled in: {names}").format(names=known), "small", wrap=True))
        self.body.textChanged.connect(self._show_preview)
        self.body_alt.textChanged.connect(self._show_preview)

    def show_record(self, _record: Script | None) -> None:
        """Show what the texts become."""
        self._show_preview()

    def _add_preview(self, label: PlainLabel) -> None:
        well = Well()
        well.body.addWidget(PlainLabel(_("Preview"), "small"))
        well.body.addWidget(label)
        self.fields.addWidget(well)

    def _show_preview(self) -> None:
        for box, label, language in (
            (self.body, self.preview, "en"),
            (self.body_alt, self.preview_alt, "zh"),
        ):
            written = box.toPlainText()[:LONGEST_SCRIPT]
            label.setText(render_script(written, _EXAMPLES[language]) or "–")


def _moment(script: Script) -> str:
    return current.texts.gettext(SITUATIONS[script.details.situation].msgid)


def _details(values: Values) -> ScriptDetails:
    return ScriptDetails(**{**values, "situation": Situation(values["situation"])})
