"""Site and time: the declared settings of the site, each with its label, its unit and its range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, ClassVar
from zoneinfo import available_timezones

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput, FirstlineError, StaleRecord
from app.models.entities.settings import ConfigKind, ConfigVersion, SettingKey, SettingValues
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings import declared, rules
from app.services.settings.commands import change_settings
from app.services.settings.queries import current_configs, site_settings
from app.views.base.errors import explain
from app.views.base.forms import Form
from app.views.base.i18n import LazyText, _
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.cards import Card, Notice
from app.views.base.widgets.fields import Choose, Field, NumberField
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.switches import Toggle
from app.views.settings.closing_words import closing_example, reminder_is_idle
from app.views.settings.frame import SettingsPane
from app.views.settings.inputs import fill, lock
from app.views.settings.terms import CHOICE_TERMS, SETTING_TERMS, SITE_GROUPS, UNIT_TERMS

_COLUMNS = 2


class SitePane(SettingsPane):
    """One form over the settings of `groups`; Apply writes those that were changed as one action."""

    groups: ClassVar[Sequence[tuple[LazyText, Sequence[SettingKey[Any]]]]] = SITE_GROUPS

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.form = Form(self)
        self.fields: dict[str, Field] = {}
        self.broken = Notice("", tone="warn")
        self.broken.hide()
        self.closing = PlainLabel("", "muted", wrap=True, parent=self)
        self.closing.hide()
        self._calendars_known: dict[str, BusinessCalendar] = {}
        self._values: SettingValues | None = None
        self._kept: dict[str, Any] = {}
        self._is_saving = False
        self._build()
        self.form.changed.connect(self._on_typed)
        env.ticker.minute.connect(self._show_closing)

    # -- the SettingsPane the frame knows --------------------------------------------------------------

    @property
    def changes(self) -> Sequence[Change]:
        """What differs from what is saved."""
        return self.form.changes if self._values is not None else ()

    @property
    def blocked(self) -> str:
        """The first of the changed values that cannot be saved, as a sentence."""
        return next(iter(self._wrong().values()), "")

    def refresh(self) -> None:
        """Read the values again; what was typed stays."""
        job = partial(_read_both, (partial(site_settings, self.ctx), self._calendars()))
        self.env.tasks.run(job, self._on_read, self.env.shell.failed, owner=self)

    def apply(self) -> None:
        """Save every changed value as one action."""
        changed = self.form.changed_values
        if self._values is None or not changed or self.blocked or self._is_saving:
            return
        self._is_saving = True
        versions = {name: self._values.versions.get(name, 0) for name in changed}
        job = partial(change_settings, self.ctx, changed, versions=versions)
        self.env.tasks.run(job, partial(self._on_saved, changed), self._on_refused, owner=self)

    def discard(self) -> None:
        """Show what is saved."""
        self.form.reset()
        self._show_closing()
        self.changed.emit()

    def save_state(self) -> dict[str, Any]:
        """Return what was typed."""
        return {"draft": self.form.changed_values if self._values is not None else self._kept}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Take back what was typed; it is shown once the values are read."""
        draft = state.get("draft")
        if isinstance(draft, dict) and draft:
            self._kept = {name: value for name, value in draft.items() if name in self.fields}
            self.refresh()

    # -- inside ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addWidget(self.broken)
        for title, keys in self.groups:
            card = Card(str(title))
            grid = QGridLayout()
            grid.setHorizontalSpacing(Space.L)
            grid.setVerticalSpacing(Space.M)
            for column in range(_COLUMNS):
                grid.setColumnStretch(column, 1)
            for at, key in enumerate(keys):
                grid.addLayout(self._cell(key), at // _COLUMNS, at % _COLUMNS, Qt.AlignmentFlag.AlignTop)
            card.body.addLayout(grid)
            if declared.AUTO_CLOSE_DAYS in keys:
                card.body.addWidget(self.closing)
                self.closing.show()
            whole.addWidget(card)

    def _cell(self, key: SettingKey[Any]) -> QVBoxLayout:
        """Return the field of a setting with the sentence under it."""
        term = SETTING_TERMS[key.name]
        widget = _input(key)
        must_be_filled = isinstance(key.default, str) and not key.may_be_empty
        field = Field(str(term.label), widget, hint=_range(key), required=must_be_filled)
        self.fields[key.name] = self.form.add(key.name, field)
        if not self.may_edit:
            lock(widget)
        cell = QVBoxLayout()
        cell.setSpacing(Space.XS)
        cell.addWidget(field)
        if term.hint is not None:
            cell.addWidget(PlainLabel(str(term.hint), "small", wrap=True))
        return cell

    def _calendars(self) -> Any:
        if declared.DEFAULT_CALENDAR.name not in self.fields:
            return list
        # Whoever sees settings but no tickets cannot read the calendars either: the code is shown then.
        if self.ctx.actor.may("tickets.read"):
            return partial(current_configs, self.ctx, ConfigKind.CALENDAR)
        return list

    def _on_read(self, answer: tuple[SettingValues, Sequence[ConfigVersion]]) -> None:
        values, calendars = answer
        typed = self.form.changed_values if self._values is not None else self._kept
        self._kept = {}
        self._offer_calendars(values, calendars)
        self._values = values
        self.form.load({name: values.values[name] for name in self.fields})
        if typed:
            self.form.fill(typed)
        self._calendars_known = dict(_readable(calendars))
        self._show_closing()
        self._tell_broken(values)
        self.changed.emit()

    def _offer_calendars(self, values: SettingValues, calendars: Sequence[ConfigVersion]) -> None:
        if declared.DEFAULT_CALENDAR.name not in self.fields:
            return
        box = self.fields[declared.DEFAULT_CALENDAR.name].widget
        offered = {version.code: str(version.body.get("name") or version.code) for version in calendars}
        in_force = values[declared.DEFAULT_CALENDAR]
        offered.setdefault(in_force, in_force)
        if isinstance(box, Choose):
            fill(box, [(name, code) for code, name in offered.items()])

    def _tell_broken(self, values: SettingValues) -> None:
        names = [str(SETTING_TERMS[each.name].label) for each in values.broken if each.name in self.fields]
        self.broken.setVisible(bool(names))
        self.broken.say(
            _("The default holds instead. Type a value and apply it to mend this: {names}").format(
                names=_(", ").join(names)
            ),
            title=_("Some stored values cannot be used"),
            tone="warn",
        )

    def _wrong(self) -> dict[str, str]:
        """Return, by name, what is wrong with changed values."""
        found: dict[str, str] = {}
        for name, value in self.form.changed_values.items():
            try:
                rules.checked_value(rules.declared_key(name), value)
            except BadInput as error:
                error.params["name"] = str(SETTING_TERMS[name].label)  # people know it by its label
                found[name] = explain(error, self.env.format).happened
        return found

    def _on_typed(self) -> None:
        wrong = self._wrong()
        for name, field in self.fields.items():
            if field.error != wrong.get(name, ""):
                field.set_error(wrong.get(name, ""))
        self._show_closing()
        self.changed.emit()

    def _show_closing(self) -> None:
        """Say what the days mean for a ticket resolved now; nothing where no calendar can be read."""
        known, typed = self._calendars_known, self.form.values
        if not known:
            self.closing.setText("")
            return
        code = str(typed[declared.DEFAULT_CALENDAR.name])
        code = code if code in known else min(known)
        now = self.ctx.clock.now()
        self.closing.setText(closing_example(typed, known[code], code, now, self.env.format))
        self.closing.set_ink("warn" if reminder_is_idle(typed) else "")

    def _on_saved(self, saved: Mapping[str, Any], outcome: Outcome) -> None:
        self._is_saving = False
        now = {**self.form.loaded, **saved}
        later = {name: value for name, value in self.form.values.items() if value != now[name]}
        self.form.load(now)
        self.form.fill(later)  # typed while the rest was being saved
        self.env.shell.did(outcome)
        self.refresh()

    def _on_refused(self, error: Exception) -> None:
        self._is_saving = False
        self.env.shell.failed(error)
        if isinstance(error, StaleRecord):
            self.refresh()  # theirs is shown as the value before, mine stays typed


def _readable(calendars: Sequence[ConfigVersion]) -> Iterator[tuple[str, BusinessCalendar]]:
    for version in calendars:
        with suppress(FirstlineError):  # of a newer program: its own page tells of it
            yield version.code, BusinessCalendar.from_dict(version.body)


def _read_both(jobs: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(job() for job in jobs)


def _range(key: SettingKey[Any]) -> str:
    if isinstance(key.default, int) and not isinstance(key.default, bool):
        unit = UNIT_TERMS.get(key.unit)
        return f"{key.least}–{key.most} {unit}" if unit is not None else f"{key.least}–{key.most}"
    return ""


def _input(key: SettingKey[Any]) -> QWidget:
    """Return the input that fits a setting's type."""
    if isinstance(key.default, bool):
        return Toggle(str(SETTING_TERMS[key.name].label))
    if isinstance(key.default, int):
        return NumberField(key.least, key.most)
    if key.choices:
        box = Choose()
        fill(box, [(str(CHOICE_TERMS.get(choice, choice)), choice) for choice in key.choices])
        return box
    if key is declared.DEFAULT_CALENDAR:
        return Choose()
    line = QLineEdit()
    line.setMaxLength(key.longest)
    if key is declared.TIMEZONE:
        zones = QCompleter(sorted(available_timezones()), line)
        zones.setFilterMode(Qt.MatchFlag.MatchContains)
        zones.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line.setCompleter(zones)
    return line
