"""What the page of announcements knows, and what is done there. Owns no widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.announcements import (
    Announcement,
    AnnouncementDetails,
    AnnouncementState,
    EmergencyContact,
    HeldTraining,
    Link,
    Preparation,
    Reading,
)
from app.models.entities.catalogue import Service
from app.models.entities.errors import FirstlineError, StaleRecord
from app.models.entities.skills import Skill
from app.services.announcements import commands, queries
from app.services.announcements.training_commands import record_training
from app.services.base.context import Context
from app.services.base.merging import merge
from app.services.base.undo import Outcome
from app.services.catalogue.queries import services
from app.services.duty.emergency import emergency_contact
from app.services.roster.skill_queries import skills
from app.views.announcements.editor_words import FIELD_LABELS, told
from app.views.base.dialogs import MergeField
from app.views.base.i18n import _
from app.views.base.pages import PageEnv

T = TypeVar("T")
WRITES = "announcements.write"


class Part(StrEnum):
    """The lists of the page."""

    NOW = "now"
    AHEAD = "ahead"
    PAST = "past"


_PARTS: Mapping[AnnouncementState, Part] = {
    AnnouncementState.SHOWN: Part.NOW,
    AnnouncementState.PLANNED: Part.AHEAD,
    AnnouncementState.ENDED: Part.PAST,
    AnnouncementState.WITHDRAWN: Part.PAST,
}


class AnnouncementsPresenter(QObject):
    """State and actions of the page."""

    changed = Signal()  # the lists were read
    people_read = Signal(object, object)  # list[Reading], list[Preparation] of the chosen one
    choices_read = Signal()
    contact_read = Signal(object)  # EmergencyContact
    saved = Signal(int)
    refused = Signal(object)  # FirstlineError: what was typed cannot be announced
    link_read = Signal(object, int, object)  # Link, number, (id, title) | None

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.found: Sequence[Announcement] = ()
        self.services: Sequence[Service] = ()
        self.skills: Sequence[Skill] = ()
        self.readings: Sequence[Reading] = ()
        self.preparations: Sequence[Preparation] = ()
        self.is_saving = False
        self._chosen = 0

    @property
    def may_write(self) -> bool:
        """Whether the reader announces."""
        return self._ctx.actor.may(WRITES)

    @property
    def is_somebody(self) -> bool:
        """Whether the reader is a person, who can say to have read something."""
        return self._ctx.actor.person_id is not None

    # -- reading -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the lists, what the editor offers, and the emergency number."""
        self._run(partial(queries.announcements, self._ctx), self._keep)
        self.refresh_contact()
        if self.may_write:
            self._run(partial(services, self._ctx), self._keep_services)
            if self._ctx.actor.may("roster.read"):
                self._run(partial(skills, self._ctx), self._keep_skills)

    def refresh_contact(self) -> None:
        """Read the emergency number: it changes with the shift, not with any record."""
        if self._ctx.actor.may("roster.read"):
            self._run(partial(emergency_contact, self._ctx), self._keep_contact)

    def part(self, part: Part) -> list[Announcement]:
        """Return the announcements of a list, in its order."""
        return [one for one in self.found if _PARTS[one.state] is part]

    def part_of(self, announcement_id: int) -> Part | None:
        """Return the list an announcement stands in; None: it is unknown."""
        one = self.one(announcement_id)
        return None if one is None else _PARTS[one.state]

    def one(self, announcement_id: int) -> Announcement | None:
        """Return an announcement that was read."""
        return next((one for one in self.found if one.id == announcement_id), None)

    def choose(self, announcement_id: int) -> None:
        """Read who has read one, and who is trained for it."""
        if announcement_id != self._chosen:
            self.readings, self.preparations = (), ()
        self._chosen = announcement_id
        one = self.one(announcement_id)
        if one is None:
            return
        if one.details.must_read:
            self._run(partial(queries.readings, self._ctx, one.id), partial(self._keep_readings, one.id))
        if one.details.training_minutes is not None and self._ctx.actor.may("roster.read"):
            job = partial(queries.preparations, self._ctx, one.id)
            self._run(job, partial(self._keep_preparations, one.id))

    def look_up(self, what: Link, number: int) -> None:
        """Ask which record a typed number means."""
        job = partial(queries.linked, self._ctx, what, number)
        self._run(job, lambda found: self.link_read.emit(what, number, found))

    # -- doing ---------------------------------------------------------------------------------------

    def mark_read(self, one: Announcement) -> None:
        """Say that one has read it, or take it back."""
        deed = commands.mark_announcement_read if one.read_at is None else commands.unmark_announcement_read
        self._do(partial(deed, self._ctx, one.id))

    def end(self, one: Announcement) -> None:
        """It is over now."""
        self._do(partial(commands.end_announcement, self._ctx, one.id, version=one.version))

    def withdraw(self, one: Announcement) -> None:
        """Take one back, or let one that was taken back hold again."""
        is_gone = one.state is AnnouncementState.WITHDRAWN
        deed = commands.restore_announcement if is_gone else commands.withdraw_announcement
        self._do(partial(deed, self._ctx, one.id, version=one.version))

    def record_training(self, one: Announcement, held: HeldTraining) -> None:
        """Note who was trained."""
        self._do(partial(record_training, self._ctx, one.id, held))

    def save(self, details: AnnouncementDetails, base: Announcement | None) -> None:
        """Write a new one, or change `base`. While one save is on its way another is not begun."""
        if self.is_saving:
            return
        self.is_saving = True
        job = partial(commands.write_announcement, self._ctx, details)
        if base is not None:
            job = partial(commands.edit_announcement, self._ctx, base.id, details, version=base.version)
        self._env.tasks.run(job, self._on_saved, partial(self._on_refused, details, base), owner=self)

    def _on_saved(self, outcome: Outcome) -> None:
        self.is_saving = False
        self._env.shell.did(outcome)
        self.saved.emit(outcome.id or 0)
        self.refresh()

    def _on_refused(self, details: AnnouncementDetails, base: Announcement | None, error: Exception) -> None:
        self.is_saving = False
        if isinstance(error, StaleRecord) and base is not None:
            job = partial(queries.announcement, self._ctx, base.id)
            self._run(job, partial(self._merge, details, base))
        elif isinstance(error, FirstlineError):
            self.refused.emit(error)
        else:
            self._env.shell.failed(error)

    def _merge(self, mine: AnnouncementDetails, base: Announcement, theirs: Announcement) -> None:
        """Save on top of theirs: silently where the fields differ, after asking where they are the same."""
        now = _values(theirs.details)
        merged = merge(_values(base.details), now, _values(mine))
        chosen = {**now, **merged.values}
        if merged.conflicts:
            asked = [
                MergeField(
                    each.field,
                    str(FIELD_LABELS[each.field]),
                    *(told(value, self._env.format) for value in (each.base, each.theirs, each.mine)),
                )
                for each in merged.conflicts
            ]
            answer = self._env.dialogs.merge(_("Somebody"), asked)
            if answer is None:
                self._env.shell.say(_("Nothing was saved. Your text is still here."), tone="warn")
                return
            chosen |= {each.field: each.mine for each in merged.conflicts if answer[each.field]}
        self.save(AnnouncementDetails(**chosen), theirs)

    # -- inside --------------------------------------------------------------------------------------

    def _keep(self, found: Sequence[Announcement]) -> None:
        self.found = found
        self.changed.emit()

    def _keep_services(self, found: Sequence[Service]) -> None:
        self.services = found
        self.choices_read.emit()

    def _keep_skills(self, found: Sequence[Skill]) -> None:
        self.skills = found
        self.choices_read.emit()

    def _keep_contact(self, contact: EmergencyContact) -> None:
        self.contact_read.emit(contact)

    def _keep_readings(self, announcement_id: int, found: Sequence[Reading]) -> None:
        if announcement_id == self._chosen:
            self.readings = found
            self.people_read.emit(self.readings, self.preparations)

    def _keep_preparations(self, announcement_id: int, found: Sequence[Preparation]) -> None:
        if announcement_id == self._chosen:
            self.preparations = found
            self.people_read.emit(self.readings, self.preparations)

    def _do(self, job: Callable[[], Outcome]) -> None:
        self._env.tasks.run(job, self._did, self._failed, owner=self)

    def _did(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome)
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._env.shell.failed(error)
        self.refresh()

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._env.tasks.run(job, done, self._env.shell.failed, owner=self)


def _values(details: AnnouncementDetails) -> dict[str, Any]:
    return {each.name: getattr(details, each.name) for each in fields(details)}
