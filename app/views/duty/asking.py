"""What the duty board asks in popups: why somebody is away, what colleagues should know, what to look up."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.duty import BoardPerson, NewReminder, Presence, ReminderLink
from app.models.entities.ids import PersonId
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.views.base.i18n import _, ngettext
from app.views.base.pages import PageEnv
from app.views.duty.correct_popup import CorrectPopup, ShiftOf
from app.views.duty.duty_presenter import PLANS, DutyPresenter
from app.views.duty.levels_popup import LevelsPopup
from app.views.duty.month_popup import MonthPopup
from app.views.duty.popups import AwayPopup, RemindPopup


class DutyAsking(QObject):
    """Opens the popups of the board and hands on what was given. Each is made when it is first needed."""

    def __init__(self, ctx: Context, env: PageEnv, presenter: DutyPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._presenter = presenter
        self._page = page
        self.away_popup: AwayPopup | None = None
        self.remind_popup: RemindPopup | None = None
        self.levels_popup: LevelsPopup | None = None
        self.month_popup: MonthPopup | None = None
        self.correct_popup: CorrectPopup | None = None

    def ask_away(self, who: PersonId | None = None, name: str = "") -> None:
        """Ask why the desk is left and for how long; without a person it is oneself."""
        if self.away_popup is None:
            self.away_popup = AwayPopup(self._page.window())
            self.away_popup.given.connect(self._presenter.go_away)
        board = self._presenter.board
        # Who speaks for somebody else, or leads, grants it with that.
        is_own = who is None and not (self._presenter.mine and self._presenter.mine.duty.is_supervisor)
        longest = board.away_minutes if board is not None and is_own else 0
        self.away_popup.ask(who, name, self._ctx.clock.now(), longest)

    def ask_reminder(self, person_id: PersonId | None = None, link: ReminderLink | None = None) -> None:
        """Ask what colleagues should know; a person or a link may be chosen beforehand."""
        if self.remind_popup is None:
            self.remind_popup = RemindPopup(self._page.window())
            self.remind_popup.given.connect(self._remind)
            self._presenter.people_read.connect(self.remind_popup.offer)
        self._presenter.read_people()
        self.remind_popup.ask(person_id=person_id, link=link)

    def show_levels(self, part: ReminderLink) -> None:
        """Look up the service levels or the catalogue."""
        if self.levels_popup is None:
            may = self._ctx.actor.may
            self.levels_popup = LevelsPopup(
                self._page.window(), may_remind=may(PLANS), may_print=may("reports.read")
            )
            self.levels_popup.remind_asked.connect(self._remind_of)
            self.levels_popup.paper_asked.connect(self._open_sla_paper)
            self._presenter.levels_read.connect(self.levels_popup.show_levels)
        self._presenter.read_levels()
        self.levels_popup.ask(part)

    def show_month(self) -> None:
        """Look up who was late, early or missing this month and before."""
        if self.month_popup is None:
            self.month_popup = MonthPopup(self._page.window(), self._env.format)
            self.month_popup.month_asked.connect(self._presenter.read_month)
            self._presenter.month_read.connect(self.month_popup.show_month)
            if self._presenter.may_plan:
                self.month_popup.correct_asked.connect(self.correct_day)
        self.month_popup.ask(self._env.format.local(self._ctx.clock.now()).date())

    def correct_duty(self, one: BoardPerson) -> None:
        """Ask when somebody on duty now came, and left."""
        duty = one.duty
        on_date = self._env.format.local(duty.starts_at).date()
        self._correct(
            ShiftOf(duty.person_id, duty.person_name, on_date, duty.starts_at, duty.ends_at, one.attendance)
        )

    def correct_day(self, one: Presence) -> None:
        """Ask when somebody came to a shift of the month, and left."""
        self._correct(
            ShiftOf(one.person_id, one.person_name, one.on_date, one.starts_at, one.ends_at, one.attendance)
        )

    def ask_note(self, check_id: int, name: str) -> None:
        """Ask what is wrong at a check, and note it."""
        title = _("Not good: {check}").format(check=name)
        note = self._env.dialogs.ask_text(title, _("What is wrong?"), action=_("Note it"))
        if note is not None:
            self._presenter.tick(check_id, is_good=False, note=note)

    def _correct(self, shift: ShiftOf) -> None:
        if self.correct_popup is None:
            self.correct_popup = CorrectPopup(self._page.window(), self._env.format)
            self.correct_popup.given.connect(self._write_correction)
        self.correct_popup.ask(shift)

    def _write_correction(self, shift: ShiftOf, came: object, left: object, reason: str) -> None:
        popup, month = self.correct_popup, self.month_popup
        if popup is None:
            return

        def done() -> None:
            popup.close_now()
            if month is not None and month.isVisible():
                month.read_again()

        self._presenter.correct(
            shift,
            came if isinstance(came, datetime) else None,
            left if isinstance(left, datetime) else None,
            reason,
            done,
            popup.refuse,
        )

    # -- inside ------------------------------------------------------------------------------------------

    def _remind(self, reminder: NewReminder) -> None:
        self._presenter.remind(reminder, self._reminded)

    def _reminded(self, outcome: Outcome) -> None:
        if self.remind_popup is not None:
            self.remind_popup.close_now()
        count = outcome.id or 0
        said = ngettext("{count} colleague was reminded.", "{count} colleagues were reminded.", count)
        self._env.shell.say(said.format(count=count))

    def _remind_of(self, link: ReminderLink) -> None:
        if self.levels_popup is not None:
            self.levels_popup.close_now()
        self.ask_reminder(None, link)

    def _open_sla_paper(self) -> None:
        if self.levels_popup is not None:
            self.levels_popup.close_now()
        self._env.shell.open("reports", {"report": "sla"})
