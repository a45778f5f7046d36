"""What the roles allow: what was read, what was ticked and typed, and saving all of it as one action."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import FirstlineError, RuleViolation, StaleRecord
from app.models.entities.ids import PersonId, RoleId
from app.models.entities.people import Role, StaffEntry
from app.services.access import rules
from app.services.access.commands import copy_role, set_role_active
from app.services.access.role_commands import RoleEdit, edit_roles
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.people.queries import roles, staff_directory
from app.views.base.errors import explain
from app.views.base.pages import PageEnv
from app.views.settings.choices import reading_together

ADMINISTRATION = "access.manage"
# Names are kept in both languages, whichever the window speaks.
_COPY, _COPY_ALT = "{name} (copy)", "{name}（副本）"


class RolesEditor(QObject):
    """Holds what was changed as wishes ("this role shall allow that"), so that they survive a reading again.

    Shipped roles are never changed here: they are copied, and the copy is.
    """

    changed = Signal()

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self._all: tuple[Role, ...] = ()
        self._staff: Mapping[PersonId, StaffEntry] = {}
        self._wishes: dict[tuple[int, str], bool] = {}
        self._names: dict[int, tuple[str, str]] = {}
        self._is_saving = False
        self.shows_retired = False
        self.chosen = 0

    # -- what is shown -------------------------------------------------------------------------------

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles shown: those in force, and retired ones if asked for."""
        return tuple(role for role in self._all if role.is_active or self.shows_retired)

    @property
    def current(self) -> Role | None:
        """The role whose column is chosen."""
        return next((role for role in self.roles if role.id == self.chosen), None)

    def is_allowed(self, role: Role, permission: str) -> bool:
        """Whether a role would allow this once everything is applied."""
        return self._wishes.get((role.id, permission), permission in role.permissions)

    def is_changed(self, role: Role, permission: str) -> bool:
        """Whether a wish differs from what the role allows."""
        return (role.id, permission) in self._wishes

    def names(self, role: Role) -> tuple[str, str]:
        """Return both names as they would be saved."""
        return self._names.get(role.id, (role.name, role.name_alt))

    def holders(self, role: Role) -> list[StaffEntry]:
        """Return who holds a role and still works here."""
        found = [self._staff[each] for each in role.holder_ids if each in self._staff]
        return [each for each in found if each.is_active]

    @property
    def wishes(self) -> Sequence[tuple[Role, str, bool]]:
        """What was ticked or unticked, by role."""
        known: dict[int, Role] = {role.id: role for role in self._all}
        return [
            (known[role_id], permission, wish)
            for (role_id, permission), wish in self._wishes.items()
            if role_id in known
        ]

    @property
    def renamed(self) -> Sequence[tuple[Role, tuple[str, str]]]:
        """Which roles shall be called otherwise."""
        return [(role, self._names[role.id]) for role in self._all if role.id in self._names]

    @property
    def wrong(self) -> FirstlineError | None:
        """Why this must not be saved, as far as it is known here."""
        try:
            for _role, names in self.renamed:
                rules.check_role_name(names[0])
        except FirstlineError as error:
            return error
        had = any(
            ADMINISTRATION in role.permissions and role.holder_ids for role in self._all if role.is_active
        )
        has = any(
            self.is_allowed(role, ADMINISTRATION) and role.holder_ids for role in self._all if role.is_active
        )
        return RuleViolation("access.last_administrator") if had and not has else None

    @property
    def blocked(self) -> str:
        """The same as a sentence, or ""."""
        error = self.wrong if self._wishes or self._names else None
        return explain(error, self._env.format).happened if error is not None else ""

    # -- what a person does --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the roles again; wishes stay."""
        job = reading_together(partial(roles, self._ctx), self._staff_job())
        self._env.tasks.run(job, self._on_read, self._env.shell.failed, owner=self)

    def choose(self, role_id: int) -> None:
        """Choose a role's column."""
        if role_id != self.chosen:
            self.chosen = role_id
            self.changed.emit()

    def show_retired(self, is_wanted: bool) -> None:
        """Show retired roles too, or no longer."""
        self.shows_retired = is_wanted
        self.changed.emit()

    def wish(self, role: Role, permission: str, is_allowed: bool) -> None:
        """Let a role allow something, or no longer, once applied; a shipped role stays as it is."""
        if role.is_shipped:
            return
        self._wishes.pop((role.id, permission), None)
        if is_allowed != (permission in role.permissions):
            self._wishes[role.id, permission] = is_allowed
        self.changed.emit()

    def rename(self, role: Role, name: str, name_alt: str) -> None:
        """Call a role otherwise, once applied."""
        self._names.pop(role.id, None)
        if (name, name_alt) != (role.name, role.name_alt) and not role.is_shipped:
            self._names[role.id] = (name, name_alt)
        self.changed.emit()

    def discard(self) -> None:
        """Give up all wishes."""
        self._wishes.clear()
        self._names.clear()
        self.changed.emit()

    def apply(self) -> None:
        """Save all wishes as one action."""
        touched = {role_id for role_id, _permission in self._wishes} | set(self._names)
        edits = tuple(self._edit(role) for role in self._all if role.id in touched)
        if edits and self.wrong is None and not self._is_saving:
            self._is_saving = True
            done = partial(self._on_saved, dict(self._wishes), dict(self._names))
            self._run(partial(edit_roles, self._ctx, edits), done)

    def copy(self, role: Role) -> None:
        """Make a role of one's own that allows the same, and choose it."""
        name, alt = role.name, role.name_alt
        self._run(
            partial(
                copy_role,
                self._ctx,
                role.id,
                name=_COPY.format(name=name),
                name_alt=_COPY_ALT.format(name=alt) if alt else "",
            ),
            self._on_copied,
        )

    def switch(self, role: Role) -> None:
        """Take a role out of force, or bring it back."""
        self._run(
            partial(set_role_active, self._ctx, role.id, version=role.version, is_active=not role.is_active),
            self._on_done,
        )

    # -- what comes back after the page was built again ----------------------------------------------

    def save_state(self) -> dict[str, Any]:
        """Return the wishes and the chosen role."""
        wishes = [[role_id, permission, wish] for (role_id, permission), wish in self._wishes.items()]
        names = [[role_id, *both] for role_id, both in self._names.items()]
        return {"draft": [*wishes, *names], "chosen": self.chosen}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Take them back; what does not fit is passed over."""
        draft = state.get("draft")
        for entry in draft if isinstance(draft, list) else ():
            match entry:
                case [int(role_id), str(permission), bool(wish)]:
                    self._wishes[role_id, permission] = wish
                case [int(role_id), str(name), str(alt)]:
                    self._names[role_id] = (name, alt)
        chosen = state.get("chosen")
        self.chosen = chosen if isinstance(chosen, int) else 0

    # -- inside --------------------------------------------------------------------------------------

    def _edit(self, role: Role) -> RoleEdit:
        wanted = set(role.permissions)
        for (role_id, permission), wish in self._wishes.items():
            if role_id == role.id:
                wanted = wanted | {permission} if wish else wanted - {permission}
        return RoleEdit(RoleId(role.id), role.version, *self.names(role), frozenset(wanted))

    def _staff_job(self) -> Callable[[], Any]:
        return partial(staff_directory, self._ctx) if self._ctx.actor.may("tickets.read") else dict

    def _run(self, job: Callable[[], Outcome], done: Callable[[Outcome], None]) -> None:
        self._env.tasks.run(job, done, self._on_refused, owner=self)

    def _on_read(self, answer: tuple[Sequence[Role], Mapping[PersonId, StaffEntry]]) -> None:
        self._all, self._staff = tuple(answer[0]), answer[1]
        known: dict[int, Role] = {role.id: role for role in self._all}
        self._wishes = {
            (role_id, permission): wish
            for (role_id, permission), wish in self._wishes.items()
            if role_id in known and (permission in known[role_id].permissions) != wish
        }
        self._names = {
            role_id: both
            for role_id, both in self._names.items()
            if role_id in known and both != (known[role_id].name, known[role_id].name_alt)
        }
        if self.current is None and self.roles:
            self.chosen = self.roles[0].id
        self.changed.emit()

    def _on_saved(
        self,
        wishes: Mapping[tuple[int, str], bool],
        names: Mapping[int, tuple[str, str]],
        outcome: Outcome,
    ) -> None:
        self._is_saving = False
        # What was ticked or typed while this was being saved still waits.
        self._wishes = {key: wish for key, wish in self._wishes.items() if wishes.get(key) != wish}
        self._names = {key: both for key, both in self._names.items() if names.get(key) != both}
        self._on_done(outcome)

    def _on_copied(self, outcome: Outcome) -> None:
        self.chosen = outcome.id or self.chosen
        self._on_done(outcome)

    def _on_done(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome)
        self.refresh()

    def _on_refused(self, error: Exception) -> None:
        self._is_saving = False
        self._env.shell.failed(error)
        if isinstance(error, StaleRecord):
            self.refresh()  # wishes stay, on top of theirs; Apply asks again
