"""Roles and permissions: what protects, said plainly; the chosen role; and the matrix of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.models.entities.events import PeopleChanged
from app.models.entities.people import Role
from app.services.base.context import Context
from app.services.base.terms import permission_term
from app.services.store_care.queries import StoreFacts, store_facts
from app.views.base.i18n import _, current, ngettext
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.applybar import Change
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Card, Notice, row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import PlainLabel, set_tip
from app.views.base.widgets.switches import Toggle
from app.views.settings.database_page import WHO_CAN_READ
from app.views.settings.frame import SettingsPane
from app.views.settings.roles_editor import RolesEditor
from app.views.settings.roles_grid import RolesGrid

_NAMED_HOLDERS = 4
_NAME_WIDTH = 180


class RolesPane(SettingsPane):
    """Ticks wait for Apply and are one action; copying and retiring a role act at once, with Undo."""

    edit_permission = "access.manage"

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.editor = RolesEditor(ctx, env, self)
        self.honest = Notice("", tone="info", icon="shield")
        self.honest.hide()
        self.title = PlainLabel("", "section")
        self.state = Pill("")
        self.name, self.name_alt = QLineEdit(), QLineEdit()
        self.holders = PlainLabel("", "muted")
        self.copy = Button(_("Copy"), icon="copy", small=True)
        self.switch = Button(_("Retire"), icon="archive", small=True)
        self.retired = Toggle(_("Retired too"), shown=True)
        self.grid = RolesGrid(self.editor, may_edit=self.may_edit)
        self._build()
        self._connect()

    # -- the SettingsPane the frame knows --------------------------------------------------------------

    @property
    def changes(self) -> Sequence[Change]:
        """What was ticked and typed."""
        yes, no = _("allowed"), _("not allowed")
        renamed = [
            Change(_("Name"), f"{role.name} {role.name_alt}".strip(), " ".join(names).strip())
            for role, names in self.editor.renamed
        ]
        ticked = [
            Change(
                f"{self.grid.table.role_name(role)} · {permission_term(current.texts, permission)}",
                no if wish else yes,
                yes if wish else no,
            )
            for role, permission, wish in self.editor.wishes
        ]
        return (*renamed, *ticked)

    @property
    def blocked(self) -> str:
        """Why saving must wait."""
        return self.editor.blocked

    def refresh(self) -> None:
        """Read the roles again, and where the data lies."""
        self.editor.refresh()
        if self.ctx.actor.may("settings.read"):
            self.env.tasks.run(
                partial(store_facts, self.ctx), self._show_honest, self.env.shell.failed, owner=self
            )

    def apply(self) -> None:
        """Save everything as one action."""
        self.editor.apply()

    def discard(self) -> None:
        """Give everything up."""
        self.editor.discard()

    def save_state(self) -> dict[str, Any]:
        """See `SettingsPane.save_state`."""
        return self.editor.save_state()

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """See `SettingsPane.restore_state`."""
        self.editor.restore_state(state)
        if state.get("draft"):
            self.editor.refresh()

    # -- inside ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.name.setAccessibleName(_("Name in English"))
        self.name.setPlaceholderText(_("Name in English"))
        self.name_alt.setAccessibleName(_("Name in Chinese"))
        self.name_alt.setPlaceholderText(_("Name in Chinese"))
        for line in (self.name, self.name_alt):
            line.setMinimumWidth(_NAME_WIDTH)
        card = Card(flush=True)
        head = row_of(
            self.title, self.name, self.name_alt, self.state, self.copy, self.switch, None, self.retired
        )
        head.setContentsMargins(Space.M, 0, Space.M, 0)
        about = row_of(self.holders, None)
        about.setContentsMargins(Space.M, 0, Space.M, 0)
        card.body.addLayout(head)
        card.body.addLayout(about)
        card.body.addWidget(self.grid, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addWidget(self.honest)
        whole.addWidget(card, 1)

    def _connect(self) -> None:
        self.editor.changed.connect(self._show)
        self.grid.copy_needed.connect(self._offer_copy)
        self.retired.toggled.connect(self.editor.show_retired)
        self.copy.clicked.connect(self._copy)
        self.switch.clicked.connect(self._switch)
        for line in (self.name, self.name_alt):
            line.textEdited.connect(self._rename)
        self.refresh_on(PeopleChanged)

    def _show(self) -> None:
        self.grid.show_roles()
        role = self.editor.current
        if role is not None:
            self._show_role(role)
        self.changed.emit()

    def _show_role(self, role: Role) -> None:
        is_own = self.may_edit and not role.is_shipped
        self.title.setText(self.grid.table.role_name(role))
        self.title.setVisible(not is_own)
        for line, text in zip((self.name, self.name_alt), self.editor.names(role), strict=True):
            line.setVisible(is_own)
            if line.text() != text:
                line.setText(text)
                line.setCursorPosition(0)
        if not role.is_active:
            self.state.say(_("Retired"))
        self.state.setVisible(role.is_shipped or not role.is_active)
        if role.is_active and role.is_shipped:
            self.state.say(_("Shipped"), icon="lock")
        self.copy.setVisible(self.may_edit)
        self.switch.setVisible(self.may_edit)
        if role.is_active:
            self.switch.say(_("Retire"), "archive")
        else:
            self.switch.say(_("Restore"), "archive-restore")
        self._show_holders(role)

    def _show_holders(self, role: Role) -> None:
        names = [self._person(each.name, each.name_alt) for each in self.editor.holders(role)]
        shown = names[:_NAMED_HOLDERS]
        if len(names) > _NAMED_HOLDERS:
            shown.append(_("and {n} more").format(n=len(names) - _NAMED_HOLDERS))
        count = len(names)
        sentence = ngettext("Held by {n} person: {names}", "Held by {n} people: {names}", count)
        self.holders.setText(
            sentence.format(n=count, names=_(", ").join(shown)) if count else _("Nobody holds it.")
        )
        set_tip(self.holders, _(", ").join(names))

    def _person(self, name: str, name_alt: str) -> str:
        return name_alt if name_alt and current.code.startswith("zh") else name

    def _show_honest(self, facts: StoreFacts) -> None:
        self.honest.say(" ".join(str(each) for each in WHO_CAN_READ[facts.sharing]), tone="info")
        self.honest.show()

    def _offer_copy(self, role_id: int) -> None:
        role = next((each for each in self.editor.roles if each.id == role_id), None)
        if role is not None:
            self.env.shell.say(
                _(
                    "“{role}” is shipped with the program. Copy it, change the copy and give people that one."
                ).format(role=self.grid.table.role_name(role)),
                tone="info",
                action=_("Copy it"),
                run=partial(self.editor.copy, role),
            )

    def _copy(self) -> None:
        if self.editor.current is not None:
            self.editor.copy(self.editor.current)

    def _switch(self) -> None:
        if self.editor.current is not None:
            self.editor.switch(self.editor.current)

    def _rename(self) -> None:
        if self.editor.current is not None:
            self.editor.rename(self.editor.current, self.name.text(), self.name_alt.text())
