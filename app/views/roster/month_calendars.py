"""Shifts of a month as calendar files, one a person, written off the window thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.entities.audit import AccessSubject
from app.models.entities.ids import PersonId
from app.services.audit.handing_out import exported, hand_out_file
from app.services.base.context import Context
from app.services.base.texts import Texts
from app.services.roster.calendar_file import calendar_file
from app.services.roster.own_shifts import OwnShift, shifts_of
from app.views.base.i18n import current
from app.views.base.tasks import Lane, Tasks
from app.views.roster.stretch import Stretch


class MonthCalendars(QObject):
    """Saves shifts of one month as calendar files; people without a shift in it get none."""

    failed = Signal(object)

    def __init__(self, ctx: Context, tasks: Tasks, site_key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self._site_key = site_key or "firstline"

    def save(self, people: Mapping[PersonId, Path], month: Stretch, saved: Callable[[int], None]) -> None:
        """Write the files of these people, then call `saved` with how many there are."""
        reading = {who: partial(shifts_of, self._ctx, who, month.first, month.last) for who in people}

        def write(found: Mapping[PersonId, Sequence[OwnShift]]) -> None:
            job = partial(self._write, people, found, month.month_code, current.texts)
            self._tasks.run(job, saved, self.failed.emit, lane=Lane.FILES, owner=self)

        self._tasks.run(partial(_read, reading), write, self.failed.emit, lane=Lane.LONG, owner=self)

    def _write(
        self,
        people: Mapping[PersonId, Path],
        found: Mapping[PersonId, Sequence[OwnShift]],
        month: str,
        texts: Texts,
    ) -> int:
        for who, shifts in found.items():
            stamp, path = self._ctx.clock.now(), people[who]
            content = calendar_file(
                shifts, person_key=str(who), site_key=self._site_key, texts=texts, stamp=stamp
            )
            access = exported(AccessSubject.ROSTER, month, path, rows=len(shifts), of=str(who))
            hand_out_file(self._ctx, access, path, content)
        return len(found)


def paths_of(chosen: Path, names: Mapping[PersonId, str]) -> dict[PersonId, Path]:
    """Return a file for each person: the chosen one for a single one, else with the name at its end.

    People of one name get their number besides; what no file name may hold is left out.
    """
    if len(names) == 1:
        return dict.fromkeys(names, chosen)
    safe = {who: "".join(each if each.isalnum() else "-" for each in name) for who, name in names.items()}
    often = [each for each in safe.values() if list(safe.values()).count(each) > 1]
    ends = {who: f"{each}-{who}" if each in often else each for who, each in safe.items()}
    return {who: chosen.with_name(f"{chosen.stem}-{end}{chosen.suffix}") for who, end in ends.items()}


def _read(
    reading: Mapping[PersonId, Callable[[], Sequence[OwnShift]]],
) -> dict[PersonId, Sequence[OwnShift]]:
    found = {who: read() for who, read in reading.items()}
    return {who: shifts for who, shifts in found.items() if shifts}
