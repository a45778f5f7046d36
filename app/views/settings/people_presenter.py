"""The list of people: asked for page by page or by search, with everything about the one who is chosen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.models.entities.people import Person
from app.views.base.pages import PageEnv
from app.views.settings.people_kind import PAGE, Listed, PeopleKind, listed_of
from app.views.settings.records import NEW, RecordsPresenter


class PeoplePresenter(RecordsPresenter[Listed]):
    """A person becomes the chosen one once they were read whole, so a form never shows half of somebody.

    Whoever is saved as no staff any more, with shifts ahead, is asked about first: `leaving` tells who and on
    how many dates, and `save_leaving` is the answer. Without one nothing is saved and nothing typed is lost.
    """

    leaving = Signal(object, int)  # Listed, dates

    def __init__(self, env: PageEnv, kind: PeopleKind, parent: QObject | None = None) -> None:
        super().__init__(env, kind, parent)
        self.people = kind
        self._next: int | None = None

    @property
    def shown(self) -> list[Listed]:
        """The page that was read, in its order."""
        listed = set(self.people.listed_ids)
        return [row for row in self.rows if row.id in listed]

    def record(self, record_id: int | None) -> Listed | None:
        """Return somebody who was read whole."""
        found = super().record(record_id)
        return found if found is not None and found.person is not None else None

    def search(self, text: str) -> None:
        """Ask for the people found by `text`."""
        self.people.sought = text.strip()
        self._first_page()

    def take_shown(self) -> None:
        """Masked facts were shown: forms that were begun hold them too, and what was typed stays."""
        for record_id, base in self._bases.items():
            if base.person is not None:
                known = replace(base, person=self.people.unveil(base.person))
                self._bases[record_id] = known
                self._typed[record_id] = self.people.shown_behind(known, self._typed[record_id])
        self.refresh()

    def show_retired(self, is_wanted: bool) -> None:
        """List and find retired people too."""
        self.shows_retired = is_wanted
        self.people.with_retired = is_wanted
        self._first_page()

    def show_staff_only(self, is_wanted: bool) -> None:
        """List only who works here."""
        self.people.staff_only = is_wanted
        self._first_page()

    def more(self) -> None:
        """List the next page too."""
        if self.people.has_more:
            self.people.limit += PAGE
            self.refresh()

    def choose(self, record_id: int | None) -> None:
        """Read somebody whole, then show them."""
        if record_id is None or record_id == NEW or self.record(record_id) is not None:
            self._next = None
            super().choose(record_id)
        elif record_id != self._next:
            self._next = record_id
            job = self.people.reading_one(record_id)
            self._env.tasks.run(job, self._on_whole, self._env.shell.failed, owner=self)

    def refresh(self) -> None:
        """Read the page again, and whole whoever is shown or has something unsaved."""
        wanted = {*self.unsaved, self.chosen or NEW} - {NEW}
        self.people.wanted = tuple(sorted(wanted))
        super().refresh()

    def save_leaving(self, record: Listed, *, gives_up: bool) -> None:
        """Save somebody who is no staff any more, with or without the shifts to come."""
        (self.people.giving_up.add if gives_up else self.people.giving_up.discard)(record.id)
        super()._save(record.id)

    def _save(self, record_id: int) -> None:
        record = self.record(record_id)
        leaves = record is not None and record.row.is_staff and not self._typed[record_id]["is_staff"]
        if record is None or not leaves or self.wrong(record_id) is not None:
            super()._save(record_id)
            return
        job, count = self.people.counting_shifts(record), partial(self._on_counted, record)
        self._env.tasks.run(job, count, self._env.shell.failed, owner=self)

    def _on_counted(self, record: Listed, count: int) -> None:
        if count:
            self.leaving.emit(record, count)
        elif self.typed(record.id) is not None:
            self.save_leaving(record, gives_up=False)

    def _on_whole(self, whole: Person) -> None:
        if whole.id != self._next:
            return  # somebody else was chosen meanwhile
        self._next = None
        read = listed_of(whole)
        known = any(row.id == whole.id for row in self.rows)
        self.rows = tuple(read if row.id == whole.id else row for row in self.rows)
        if not known:
            self.rows = (*self.rows, read)
        super().choose(whole.id)

    def _on_read(self, answer: Any) -> None:
        super()._on_read(answer)
        # The first of a list is chosen by the list itself, and not read whole yet.
        if self.chosen is not None and self.chosen != NEW and self.record(self.chosen) is None:
            first, self.chosen = self.chosen, None
            self.choose(first)

    def _first_page(self) -> None:
        self.people.limit = PAGE
        if self.unsaved == () and self.chosen != NEW:
            self.chosen = None  # whoever is first in the new list is shown
        self.refresh()
