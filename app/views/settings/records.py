"""A list whose entries are edited one at a time: what is listed, chosen, typed, saved and taken back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import FirstlineError, StaleRecord
from app.services.base.merging import Conflict, merge
from app.services.base.undo import Outcome
from app.services.search.tokens import matches_initials, norm
from app.views.base.errors import explain
from app.views.base.i18n import _
from app.views.base.pages import PageEnv

NEW = 0
"""Stands for the id of the entry that is being added."""

Values = dict[str, Any]


class Entry(Protocol):
    """What every listed record has."""

    @property
    def id(self) -> int:
        """Its key in its table."""

    @property
    def version(self) -> int:
        """Handed back with every change."""

    @property
    def is_active(self) -> bool:
        """False once it was retired."""


E = TypeVar("E", bound=Entry)


class RecordKind(ABC, Generic[E]):
    """What a page knows of its kind of record; no widgets. What it returns as a job is run in a lane."""

    fields_of: Mapping[str, str] = {}
    """Error codes and the name of the field each is about; others are told as toasts."""

    @abstractmethod
    def reading(self) -> Callable[[], Any]:
        """Return the job that reads the list, with whatever the form offers to choose from."""

    @abstractmethod
    def rows(self, answer: Any) -> Sequence[E]:
        """Return the records out of the answer of `reading`, retired ones too; keep the rest."""

    def is_listed(self, record: E) -> bool:
        """Tell whether a record is in the list without asking for retired ones."""
        return record.is_active

    @abstractmethod
    def name(self, record: E) -> str:
        """Return the record's name in the reader's language."""

    @abstractmethod
    def searched(self, record: E) -> Iterable[str]:
        """Return the texts a record is found by."""

    @abstractmethod
    def values(self, record: E) -> Values:
        """Return the values of the form's fields."""

    @abstractmethod
    def blank(self) -> Values:
        """Return the values a new record starts from."""

    @abstractmethod
    def check(self, values: Values) -> None:
        """Raise a FirstlineError where the values can be refused without asking the database."""

    def field_of(self, error: FirstlineError) -> str | None:
        """Return the field an error is about, or None; where codes are shared, its parameters tell."""
        return self.fields_of.get(error.code)

    @abstractmethod
    def adding(self, values: Values) -> Callable[[], Outcome]:
        """Return the job that adds a record."""

    @abstractmethod
    def editing(self, record: E, values: Values) -> Callable[[], Outcome]:
        """Return the job that changes a record to these values."""

    @abstractmethod
    def switching(self, record: E, *, is_active: bool) -> Callable[[], Outcome]:
        """Return the job that retires a record, or brings it back."""

    is_ordered = False
    """Whether people arrange the list; then `placing` is there too."""

    def placing(self, record: E, before_id: int | None) -> Callable[[], Outcome]:
        """Return the job that lets a record stand before another, last for None."""
        raise NotImplementedError

    def neighbours(self, record: E, rows: Sequence[E]) -> Sequence[E]:
        """Return those of the rows among which a record has its place."""
        del record
        return rows


class RecordsPresenter(QObject, Generic[E]):
    """Holds the list, the chosen record and all that was typed and not saved, for every record begun.

    A record somebody saved meanwhile is merged field by field: what only one side changed is taken, and
    `ask` decides the rest.
    """

    read_again = Signal()  # the list was read: what the form offers to choose from may be new
    rows_changed = Signal()  # other rows are shown
    chosen_changed = Signal()  # another record, or other values of the same one, belong into the form
    typed_changed = Signal()  # what is not saved yet, or why it cannot be saved, is another
    refused = Signal(str, str)  # the name of a field, and what is wrong with it

    def __init__(self, env: PageEnv, kind: RecordKind[E], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._env = env
        self.kind = kind
        self.rows: tuple[E, ...] = ()
        self.is_read = False
        self.shows_retired = False
        self.chosen: int | None = None
        self.ask: Callable[[Sequence[Conflict]], dict[str, bool] | None] = lambda _conflicts: None
        self._sought = ""
        self._bases: dict[int, E] = {}
        self._typed: dict[int, Values] = {}
        self._saving: set[int] = set()

    # -- what is shown -------------------------------------------------------------------------------

    @property
    def shown(self) -> list[E]:
        """The rows that are found by what was typed into the search; retired ones only if asked for."""
        words = norm(self._sought).split()
        listed = [row for row in self.rows if self.shows_retired or self.kind.is_listed(row)]
        return [row for row in listed if self._has(row, words)]

    def record(self, record_id: int | None) -> E | None:
        """Return a record by its id, as it was when its form was begun; None for a new one."""
        if record_id in self._bases:
            return self._bases[record_id]
        return next((row for row in self.rows if row.id == record_id), None)

    @property
    def current(self) -> E | None:
        """The chosen record; None where none is chosen or a new one is being added."""
        return self.record(self.chosen)

    def base(self, record_id: int) -> Values:
        """Return the values that a record's form started from."""
        record = self.record(record_id)
        return self.kind.blank() if record is None else self.kind.values(record)

    def typed(self, record_id: int | None) -> Values | None:
        """Return what was typed for a record and is not saved."""
        return None if record_id is None else self._typed.get(record_id)

    @property
    def unsaved(self) -> tuple[int, ...]:
        """The ids of all records with something typed, NEW for one that is being added."""
        return tuple(self._typed)

    def wrong(self, record_id: int) -> FirstlineError | None:
        """Return why what was typed for a record cannot be saved, as far as this is known here."""
        try:
            self.kind.check(self._typed[record_id])
        except FirstlineError as error:
            return error
        return None

    def why(self, record_id: int) -> str:
        """Return what is wrong with a record as a sentence, or ""."""
        error = self.wrong(record_id)
        return "" if error is None else explain(error, self._env.format).happened

    @property
    def blocked(self) -> str:
        """Why saving must wait, as a sentence, or ""."""
        return next((why for why in map(self.why, self._typed) if why), "")

    # -- what a person does --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list again; what was typed stays."""
        self._env.tasks.run(self.kind.reading(), self._on_read, self._env.shell.failed, owner=self)

    def search(self, text: str) -> None:
        """Show only what is found by `text`."""
        self._sought = text
        self.rows_changed.emit()

    def show_retired(self, is_wanted: bool) -> None:
        """Show retired records too, or no longer."""
        self.shows_retired = is_wanted
        self.rows_changed.emit()

    def choose(self, record_id: int | None) -> None:
        """Show another record in the form."""
        if record_id != self.chosen:
            self.chosen = record_id
            self.chosen_changed.emit()

    def add(self) -> None:
        """Begin a new record, or go back to the one that was begun."""
        self.choose(NEW)

    def keep(self, values: Values) -> None:
        """Take what stands in the form; the values it started from count as nothing typed."""
        if self.chosen is None:
            return
        record = self.current
        if values == self.base(self.chosen):
            self._drop(self.chosen)
        else:
            if record is not None:
                self._bases[self.chosen] = record
            self._typed[self.chosen] = values
        self.typed_changed.emit()

    def discard(self) -> None:
        """Give up everything typed."""
        for record_id in list(self._typed):
            self._drop(record_id)
        if self.chosen == NEW:
            self.chosen = None
        self.typed_changed.emit()
        self.chosen_changed.emit()

    def apply(self) -> None:
        """Save everything typed, each record as an action of its own."""
        for record_id in list(self._typed):
            self._save(record_id)

    def switch(self, *, is_active: bool) -> None:
        """Retire the chosen record, or bring it back."""
        record = next((row for row in self.rows if row.id == self.chosen), None)
        if record is not None:
            self.run(self.kind.switching(record, is_active=is_active))

    def move(self, by: int) -> None:
        """Let the chosen record change places with the one shown above it (-1) or below it (1)."""
        record = next((row for row in self.rows if row.id == self.chosen), None)
        if record is None or self.cannot_move(by):
            return
        shown = self.kind.neighbours(record, self.shown)
        other = shown[_place_of(record, shown) + by]
        if by < 0:
            self.run(self.kind.placing(record, other.id))
            return
        # Behind the one below, retired ones that are not shown included.
        whole = self.kind.neighbours(record, self.rows)
        behind = whole[_place_of(other, whole) + 1 :]
        self.run(self.kind.placing(record, behind[0].id if behind else None))

    def cannot_move(self, by: int) -> str:
        """Return why the chosen record cannot be moved this way, as a sentence, or ""."""
        record = next((row for row in self.rows if row.id == self.chosen), None)
        if record is None:
            return _("Choose an entry first.")
        if self._sought:
            return _("Empty the search first: the order is that of the whole list.")
        shown = self.kind.neighbours(record, self.shown)
        at = _place_of(record, shown)
        if at < 0 or not 0 <= at + by < len(shown):
            return _("It is the first already.") if by < 0 else _("It is the last already.")
        return ""

    def run(self, job: Callable[[], Outcome]) -> None:
        """Do something else to a record at once, with its Undo; then read the list again."""
        self._run(job, self._on_done, self._on_refused_at_once)

    # -- what comes back after the page was built again ----------------------------------------------

    def save_state(self) -> dict[str, Any]:
        """Return what was typed and what is shown."""
        typed = {str(record_id): values for record_id, values in self._typed.items()}
        return {"draft": typed, "chosen": self.chosen, "retired": self.shows_retired}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Take it back; it is shown once the list is read. Of another program version it is passed over."""
        fields = set(self.kind.blank())
        typed = state.get("draft")
        for key, values in typed.items() if isinstance(typed, dict) else ():
            if key.isdecimal() and isinstance(values, dict) and set(values) == fields:
                self._typed[int(key)] = values
        chosen = state.get("chosen")
        self.chosen = chosen if isinstance(chosen, int) else None
        self.shows_retired = state.get("retired") is True

    # -- answers -------------------------------------------------------------------------------------

    def _on_read(self, answer: Any) -> None:
        self.rows = tuple(self.kind.rows(answer))
        self.is_read = True
        self._follow_rows()
        self.read_again.emit()
        self.rows_changed.emit()
        self.typed_changed.emit()
        self.chosen_changed.emit()

    def _follow_rows(self) -> None:
        """Let records begun here follow what was read: a new version with the values they started from."""
        read = {row.id: row for row in self.rows}
        for record_id in [each for each in self._typed if each != NEW]:
            base, now = self._bases.get(record_id), read.get(record_id)
            if now is None:
                self._drop(record_id)
            elif base is None or self.kind.values(base) == self.kind.values(now):
                self._bases[record_id] = now
        if self.chosen is not None and self.chosen != NEW and self.chosen not in read:
            self.chosen = None
        if self.chosen is None and self.shown:
            self.chosen = self.shown[0].id

    def _save(self, record_id: int) -> None:
        values, record = self._typed[record_id], self.record(record_id)
        if self.wrong(record_id) is not None or record_id in self._saving:
            return
        self._saving.add(record_id)
        job = self.kind.adding(values) if record is None else self.kind.editing(record, values)
        self._run(job, partial(self._on_saved, record_id, values), partial(self._on_refused, record_id))

    def _on_saved(self, record_id: int, saved: Values, outcome: Outcome) -> None:
        self._saving.discard(record_id)
        later = self._typed.get(record_id)
        self._drop(record_id)
        saved_id = outcome.id if record_id == NEW else record_id
        if later is not None and later != saved and saved_id is not None:
            self._typed[saved_id] = later  # typed while it was being saved
        if record_id == NEW and self.chosen == NEW:
            self.chosen = outcome.id
        self._on_done(outcome)

    def _on_done(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome)
        self.typed_changed.emit()
        self.refresh()

    def _on_refused(self, record_id: int, error: Exception) -> None:
        self._saving.discard(record_id)
        if isinstance(error, StaleRecord):
            self._env.tasks.run(
                self.kind.reading(),
                partial(self._merge, record_id, error),
                self._env.shell.failed,
                owner=self,
            )
            return
        field = self.kind.field_of(error) if isinstance(error, FirstlineError) else None
        if field is None or not isinstance(error, FirstlineError):
            self._env.shell.failed(error)
            return
        self.choose(record_id)
        self.refused.emit(field, explain(error, self._env.format).happened)

    def _on_refused_at_once(self, error: Exception) -> None:
        self._env.shell.failed(error)
        self.refresh()

    def _merge(self, record_id: int, error: StaleRecord, answer: Any) -> None:
        """Put what was typed on top of what somebody saved meanwhile, and save that."""
        theirs = next((row for row in self.kind.rows(answer) if row.id == record_id), None)
        if theirs is None or record_id not in self._typed:
            self._env.shell.failed(error)
            self._on_read(answer)
            return
        base, now, mine = self.base(record_id), self.kind.values(theirs), self._typed[record_id]
        merged = merge(base, now, {name: each for name, each in mine.items() if each != base[name]})
        choices = self.ask(merged.conflicts) if merged.conflicts else {}
        if choices is None:
            return  # back to the form, nothing lost
        kept = {each.field: each.mine for each in merged.conflicts if choices[each.field]}
        self._bases[record_id] = theirs
        self._typed[record_id] = {**now, **merged.values, **kept}
        self._save(record_id)

    def _run(
        self, job: Callable[[], Outcome], done: Callable[[Outcome], None], failed: Callable[[Exception], None]
    ) -> None:
        self._env.tasks.run(job, done, failed, owner=self)

    def _drop(self, record_id: int) -> None:
        self._typed.pop(record_id, None)
        self._bases.pop(record_id, None)

    def _has(self, row: E, words: Sequence[str]) -> bool:
        if not words:
            return True
        texts = [text for text in self.kind.searched(row) if text]
        whole = norm(" ".join(texts))
        return all(word in whole or any(matches_initials(text, word) for text in texts) for word in words)


def _place_of(record: Entry, rows: Sequence[Entry]) -> int:
    """Return where a record stands, -1 where it does not."""
    return next((at for at, row in enumerate(rows) if row.id == record.id), -1)
