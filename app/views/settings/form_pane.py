"""A page with a list at the left and one record's form at the right; which list, the derived page says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.models.entities.events import Event
from app.services.base.context import Context
from app.services.base.merging import Conflict
from app.views.base.actions import Action, ActionSet
from app.views.base.dialogs import MergeField
from app.views.base.forms import Binding, Form, binding_of
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv, Target
from app.views.base.tokens import Space
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.buttons import Button, IconButton
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.fields import Field, SearchField
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.switches import Toggle
from app.views.settings.frame import SettingsPane
from app.views.settings.inputs import lock
from app.views.settings.records import NEW, Entry, RecordKind, RecordsPresenter

E = TypeVar("E", bound=Entry)
_FORM_WIDTH = 360
_NEW_KEY, _RETIRE_KEY = "Ctrl+Shift+N", "Ctrl+Shift+R"
_LIST_WIDTH = 320


class FormPane(SettingsPane, Generic[E]):
    """What is typed waits for Apply like on every page; retiring and restoring act at once, with Undo.

    A derived page builds its list in `build_list`, fills it in `show_rows`, builds its form in `build_form`.
    """

    form_share = 2
    """How wide the form is, where the list is 3."""

    events: Sequence[type[Event]] = ()
    """What besides SettingsChanged makes the list read again."""

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        presenter: RecordsPresenter[E],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ctx, env, parent)
        self.presenter = presenter
        presenter.setParent(self)
        self.kind: RecordKind[E] = presenter.kind
        self.form = Form(self)
        self._fields: dict[str, Field] = {}
        self._bindings: dict[str, Binding] = {}
        self._showing: tuple[int | None, dict[str, Any]] = (None, {})
        self.search = SearchField(_("Find in this list"))
        self.retired = Toggle(_("Retired too"), shown=True)
        self.count = PlainLabel("", "muted")
        self.new = Button(self.new_label, icon="plus", key=_NEW_KEY)
        self.state = Pill(_("Retired"))
        self.switch = Button("", icon="archive", small=True)
        self.up = IconButton("arrow-up", _("Move up"), key="Alt+Up", small=True)
        self.down = IconButton("arrow-down", _("Move down"), key="Alt+Down", small=True)
        self.side = Card(_("Details"), is_elided=True)
        self.fields = QVBoxLayout()
        self._build_both()
        self.build_form()
        self._connect()

    # -- for derived pages ---------------------------------------------------------------------------

    @property
    def new_label(self) -> str:
        """What the button says that adds a record."""
        raise NotImplementedError

    def build_list(self) -> QWidget:
        """Return the list, without the search over it."""
        raise NotImplementedError

    def build_form(self) -> None:
        """Add the form's fields by `add_field`, in the order in which they are read."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[E]) -> None:
        """Show these records in the list, without telling the presenter of a choice."""
        raise NotImplementedError

    def go_to(self, record_id: int) -> None:
        """Mark a record in the list as the chosen one."""
        raise NotImplementedError

    def fill_choices(self) -> None:
        """Fill the form's drop-downs from what the kind has read."""

    def show_record(self, record: E | None) -> None:
        """Show what belongs to a record besides its fields; None for a new one."""

    def add_field(
        self,
        name: str,
        label: str,
        widget: QWidget,
        *,
        hint: str = "",
        required: bool = False,
        binding: Binding | None = None,
    ) -> Field:
        """Make a field of the form and return it; place it in `self.fields`, alone or in a row."""
        field = Field(label, widget, hint=hint, required=required)
        self._bindings[name] = binding or binding_of(widget)
        self._fields[name] = field
        self.form.add(name, field, self._bindings[name])
        if not self.may_edit:
            lock(widget)
        return field

    def place(self, *fields: QWidget) -> None:
        """Place fields in the form, side by side."""
        row = row_of(*fields, spacing=Space.M)
        for at in range(len(fields)):
            row.setStretch(at, 1)
            row.setAlignment(fields[at], Qt.AlignmentFlag.AlignTop)
        self.fields.addLayout(row)

    # -- the SettingsPane the frame knows --------------------------------------------------------------

    @property
    def changes(self) -> Sequence[Change]:
        """What is typed and not saved, of every record."""
        found: list[Change] = []
        for record_id in self.presenter.unsaved:
            base, typed = self.presenter.base(record_id), self.presenter.typed(record_id) or {}
            record = self.presenter.record(record_id)
            whose = self.kind.name(record) if record is not None else self.new_label
            found += [
                Change(f"{whose} · {self.label(name)}", self.told(name, base[name]), self.told(name, value))
                for name, value in typed.items()
                if value != base[name]
            ]
        return tuple(found)

    @property
    def blocked(self) -> str:
        """Why saving must wait."""
        return self.presenter.blocked

    @property
    def header_buttons(self) -> Sequence[QWidget]:
        """The button that adds a record, for whoever may."""
        return (self.new,) if self.may_edit else ()

    def refresh(self) -> None:
        """Read the list again."""
        self.presenter.refresh()

    def apply(self) -> None:
        """Save what was typed."""
        self.presenter.apply()

    def discard(self) -> None:
        """Give up what was typed."""
        self.presenter.discard()

    def show_target(self, target: Target) -> None:
        """Target: `{"id": the record's id}`."""
        if isinstance(target.get("id"), int):
            self.presenter.choose(target["id"])

    def save_state(self) -> dict[str, Any]:
        """See `SettingsPane.save_state`."""
        return self.presenter.save_state()

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """See `SettingsPane.restore_state`."""
        self.presenter.restore_state(state)
        self.retired.setChecked(self.presenter.shows_retired)
        if state.get("draft"):
            self.presenter.refresh()  # what is typed is told of before the page is shown

    # -- words -----------------------------------------------------------------------------------------

    def label(self, name: str) -> str:
        """Return a field's label."""
        return self._fields[name].label.text().replace("&", "")

    def told(self, name: str, value: Any) -> str:
        """Return a field's value as a person reads it."""
        return self._bindings[name].told(value) or "–"

    # -- what a person does ------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Show an empty form with the cursor in its first field."""
        self.presenter.add()
        next(iter(self._fields.values())).widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_retired(self) -> None:
        """Retire the chosen record, or bring it back."""
        record = self.presenter.current
        if record is not None and self.may_edit:
            self.presenter.switch(is_active=not record.is_active)

    def reorder(self, by: int) -> None:
        """Let the chosen record change places with the one above it (-1) or below it (1)."""
        if self.kind.is_ordered and self.may_edit:
            self.presenter.move(by)

    # -- inside ----------------------------------------------------------------------------------------

    def _build_both(self) -> None:
        listed = Card(flush=True)
        head = row_of(self.search, self.count, self.retired)
        head.setContentsMargins(Space.M, 0, Space.M, 0)
        head.setStretch(0, 1)
        listed.body.addLayout(head)
        listed.body.addWidget(self.build_list(), 1)
        listed.setMinimumWidth(_LIST_WIDTH)
        self._build_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(listed, 3)
        row.addWidget(self.side, self.form_share)

    def _build_side(self) -> None:
        self.side.head.addWidget(self.state)
        for button in (self.up, self.down):
            if not (self.kind.is_ordered and self.may_edit):
                button.hide()
            self.side.head.addWidget(button)
        self.side.head.addWidget(self.switch)
        self.fields.setContentsMargins(Space.L, 0, Space.L, Space.S)
        self.fields.setSpacing(Space.M)
        inside = QWidget()
        inside.setProperty("scrolled", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.fields)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.side.body.setContentsMargins(0, 0, 0, 0)
        self.side.body.addWidget(area)
        self.side.setMinimumWidth(_FORM_WIDTH)
        self.side.hide()

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.ask = self._ask
        presenter.read_again.connect(self.fill_choices)
        presenter.rows_changed.connect(self._show_rows)
        presenter.chosen_changed.connect(self._show_chosen)
        presenter.typed_changed.connect(self._show_typed)
        presenter.refused.connect(lambda name, text: self.form.show_errors({name: text}))
        self.search.textChanged.connect(presenter.search)
        self.retired.toggled.connect(presenter.show_retired)
        self.new.clicked.connect(self.begin_new)
        self.switch.clicked.connect(self.toggle_retired)
        self.up.clicked.connect(lambda: self.reorder(-1))
        self.down.clicked.connect(lambda: self.reorder(1))
        self.form.changed.connect(lambda: presenter.keep(self.form.values))
        for event in self.events:
            self.refresh_on(event)
        may_edit = self.may_edit
        moves = (
            Action("settings.up", N_("Move up"), lambda: self.reorder(-1), "arrow-up", "Alt+Up"),
            Action("settings.down", N_("Move down"), lambda: self.reorder(1), "arrow-down", "Alt+Down"),
        )
        actions = (
            Action("settings.new", N_("New entry"), self.begin_new, "plus", _NEW_KEY),
            Action("settings.retire", N_("Retire or restore"), self.toggle_retired, "archive", _RETIRE_KEY),
            *(moves if self.kind.is_ordered else ()),
        )
        self.action_set = ActionSet(self, actions if may_edit else (), self.ctx.actor.may)

    def _show_rows(self) -> None:
        shown = self.presenter.shown
        self.show_rows(shown)
        self.count.setText(self.env.format.number(len(shown)))
        self._show_moves()

    def _show_chosen(self) -> None:
        chosen, record = self.presenter.chosen, self.presenter.current
        is_there = chosen is not None and (record is not None or chosen == NEW)
        self.side.setVisible(is_there)
        if chosen is None or not is_there:
            self._showing = (None, {})
            return
        base, typed = self.presenter.base(chosen), self.presenter.typed(chosen)
        if self._showing != (chosen, base) or self.form.values != (typed or base):
            self.form.load(base)
            if typed is not None:
                self.form.fill(typed)
            self._show_beginnings()
        self._showing = (chosen, base)
        self._show_head(record)
        self.show_record(record)
        if chosen != NEW:
            self.go_to(chosen)

    def _show_beginnings(self) -> None:
        """Let long texts begin with their beginning; a line shows its end after it was filled."""
        for field in self._fields.values():
            if isinstance(field.widget, QLineEdit) and not field.widget.hasFocus():
                field.widget.setCursorPosition(0)

    def _show_head(self, record: E | None) -> None:
        self.side.title.setText(self.kind.name(record) if record is not None else self.new_label)
        is_active = record is None or record.is_active
        self.state.setVisible(not is_active)
        self.switch.say(
            _("Retire") if is_active else _("Restore"), "archive" if is_active else "archive-restore"
        )
        set_tip(self.switch, self.switch.text(), _RETIRE_KEY)
        self.switch.setVisible(self.may_edit and record is not None)
        self._show_moves()

    def _show_moves(self) -> None:
        for button, by in ((self.up, -1), (self.down, 1)):
            button.setVisible(self.kind.is_ordered and self.may_edit and self.presenter.chosen != NEW)
            button.wait_for(self.presenter.cannot_move(by))

    def _show_typed(self) -> None:
        chosen = self.presenter.chosen
        if chosen is not None and self.presenter.typed(chosen) is not None:
            self._show_what_is_wrong(chosen)
        self.changed.emit()

    def _show_what_is_wrong(self, record_id: int) -> None:
        """Say at its field what is wrong, while it is typed; the bar says the same."""
        error = self.presenter.wrong(record_id)
        name = self.kind.field_of(error) if error is not None else None
        typed = self.presenter.typed(record_id) or {}
        for each, field in self._fields.items():
            # A new record's empty fields are not wrong yet, only not filled in.
            is_meant = each == name and (record_id != NEW or bool(typed.get(each)))
            if is_meant or field.error:
                field.set_error(self.presenter.why(record_id) if is_meant else "")

    def _ask(self, conflicts: Sequence[Conflict]) -> dict[str, bool] | None:
        fields = [
            MergeField(
                each.field,
                self.label(each.field),
                self.told(each.field, each.base),
                self.told(each.field, each.theirs),
                self.told(each.field, each.mine),
            )
            for each in conflicts
        ]
        return self.env.dialogs.merge(_("Somebody else"), fields)
