"""Where a calendar's dated days come from and go to, apart from the hand: a country's law, and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from app.models.entities.audit import AccessSubject
from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import FirstlineError
from app.services.audit.handing_out import exported, hand_out
from app.services.base.context import Context
from app.services.calendars.day_files import DayFormat, read_day_file, repeated_years, write_day_file
from app.services.calendars.day_lists import DayList
from app.services.calendars.public_holidays import PublicYear, known_countries, public_years
from app.views.base.dialogs import FileKind
from app.views.base.i18n import _, current, ngettext
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane
from app.views.settings.calendar_days import DaysCard
from app.views.settings.level_words import told

Shown = Callable[[], tuple[str, BusinessCalendar] | None]
"""The code and the draft of the calendar on the page."""


class DaySources(QObject):
    """Does for a `DaysCard` what takes time or asks for a file; what it finds is offered there."""

    def __init__(self, ctx: Context, env: PageEnv, card: DaysCard, shown: Shown, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self._card = card
        self._shown = shown
        card.public_asked.connect(self._read_public)
        card.fill_asked.connect(self._fill)
        card.import_asked.connect(self._ask_file)
        card.export_asked.connect(self._save_file)

    def read_countries(self, chosen: Callable[[], str]) -> None:
        """Offer the countries whose holidays are known; `chosen` is asked once they are."""

        def show(countries: tuple[tuple[str, str], ...]) -> None:
            self._card.show_countries(countries, chosen())
            self._card.ask_public()

        self._run(partial(known_countries, current.code), show)

    def _read_public(self, country: str, years: Sequence[int]) -> None:
        self._run(partial(public_years, country, years), self._card.show_public)

    def _fill(self, country: str, year: int) -> None:
        self._run(partial(public_years, country, (year,)), self._offer_public)

    def _offer_public(self, years: tuple[PublicYear, ...]) -> None:
        self._card.offer_public(years[0])

    def _ask_file(self) -> None:
        kinds = (FileKind(_("Calendar files and tables"), "*.ics *.csv *.txt"),)
        path = self._env.dialogs.open_file(_("Import holidays and special days"), kinds)
        if path is not None:
            years = repeated_years(self._env.format.local(self._ctx.clock.now()).year)
            self._run(partial(read_day_file, path, years), partial(self._offer_file, path))

    def _offer_file(self, path: Path, found: DayList) -> None:
        self._card.offer_file(found, path.name)

    def _save_file(self, kind: DayFormat) -> None:
        shown = self._shown()
        if shown is None:
            return
        code, calendar = shown
        names = {DayFormat.ICS: _("Calendar file (.ics)"), DayFormat.CSV: _("Table (.csv)")}
        title = _("Export holidays and special days")
        kinds = (FileKind(names[kind], f"*.{kind}"),)
        path = self._env.dialogs.save_file(title, f"{code}.{kind}", kinds)
        if path is not None:
            now = self._ctx.clock.now()
            job = partial(write_day_file, path, kind, calendar, code, now, current.texts)
            access = exported(AccessSubject.SETTINGS, f"calendar {code}", path)
            self._run(partial(hand_out, self._ctx, access, job), partial(self._tell_saved, path))

    def _tell_saved(self, path: Path, count: int) -> None:
        said = ngettext("{n} date was written to {file}.", "{n} dates were written to {file}.", count)
        self._env.shell.say(said.format(n=count, file=path.name))

    def _run(self, job: Callable[[], object], done: Callable[..., None]) -> None:
        self._env.tasks.run(job, done, self._failed, lane=Lane.FILES, owner=self)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, FirstlineError):
            self._card.tell(told(error, self._env.format), "bad")
        else:
            self._env.shell.failed(error)
