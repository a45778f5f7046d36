"""What is done with a whole month: filled, published, looked back at, and saved as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import QEvent, QObject

from app.models.entities.ids import PersonId
from app.models.entities.reports import PaperSize, ReportId
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster import month_commands
from app.views.base.actions import Action
from app.views.base.dialogs import FileKind
from app.views.base.i18n import N_, _, ngettext
from app.views.base.pages import Page, PageEnv
from app.views.base.tokens import Space
from app.views.roster.board_parts import Grouping
from app.views.roster.filling_panel import FillingPanel
from app.views.roster.filling_says import ListLine
from app.views.roster.grid import RosterGrid
from app.views.roster.month_calendars import MonthCalendars, paths_of
from app.views.roster.month_publish import PublishPopup
from app.views.roster.month_sheet import MonthSheet
from app.views.roster.month_versions import VersionsPopup
from app.views.roster.paper import RosterPaper
from app.views.roster.roster_presenter import RosterPresenter
from app.views.roster.why import Why


class MonthPage(Protocol):
    """What these panels need of the roster page."""

    presenter: RosterPresenter
    paper: RosterPaper
    grid: RosterGrid
    why: Why

    def explain_current(self) -> None: ...
    def print_paper(self, content: bytes, name: str) -> None: ...
    def save_paper(self, content: bytes, name: str) -> None: ...


class MonthDesk(QObject):
    """Opens the panels of the roster page that are about a month, and does what they end in."""

    def __init__(self, ctx: Context, env: PageEnv, page: Page) -> None:
        """`page` must have what `MonthPage` says by the time something is opened."""
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._widget = page
        self._page = cast("MonthPage", page)
        self.sheet = MonthSheet(ctx, env.tasks, self)
        self.sheet.failed.connect(env.shell.failed)
        self.calendars = MonthCalendars(ctx, env.tasks, env.epoch, self)
        self.calendars.failed.connect(env.shell.failed)
        self._marked: set[int] = set()
        self._filling: FillingPanel | None = None
        self._wanted: ListLine | None = None
        self._page.presenter.board_changed.connect(self._board_changed)
        page.installEventFilter(self)

    @property
    def by_crew(self) -> bool:
        """Whether people stand below their crews, on paper as in the grid."""
        return self._page.presenter.grouping is Grouping.CREW

    @property
    def actions(self) -> tuple[Action, ...]:
        """What can be done with the month, for keys, menus and the palette."""
        return (
            Action(
                "roster.fill", N_("Auto-fill…"), self.fill, "wand-sparkles", "Ctrl+Shift+A",
                permission="roster.edit", blocked=self._why_not_fill,
            ),
            Action(
                "roster.publish", N_("Publish the month…"), self.publish, "send", "Ctrl+Shift+P",
                permission="roster.publish",
            ),
            Action(
                "roster.versions", N_("Versions of the month…"), self.show_versions, "history", "Ctrl+Shift+V"
            ),
            Action(
                "roster.save_sheet", N_("Save the month as Excel…"), self.save_sheet, "file-spreadsheet",
                "Ctrl+Shift+S",
            ),
            Action(
                "roster.print_fairness", N_("Print the fairness of the roster…"),
                partial(self.make_fairness, self._page.print_paper), "printer",
            ),
            Action(
                "roster.save_fairness", N_("Save the fairness of the roster as PDF…"),
                partial(self.make_fairness, self._page.save_paper), "download",
            ),
            Action(
                "roster.own_ics", N_("Save my shifts of the month as a calendar file…"), self.save_own,
                "calendar-days", blocked=self._why_not_own,
            ),
            Action(
                "roster.save_ics", N_("Save calendar files of the people selected…"), self.save_calendars,
                "calendar-days", permission="roster.edit", blocked=self._why_not_calendars,
            ),
            Action(
                "roster.paper_a3", N_("Print on A3 paper"), self.choose_paper, "printer",
                is_checked=lambda: self._page.paper.size is PaperSize.A3,
            ),
        )  # fmt: skip

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A month read before the page was shown is seen when it is."""
        if event.type() == QEvent.Type.Show:
            self._mark_seen()
        return False

    def fill(self) -> None:
        """Open Auto-fill for the days shown, at the right of the grid."""
        page = self._page
        if self._filling is not None:
            self._filling.setFocus()
            return
        if page.presenter.board is None:
            return
        page.why.hide()
        widget = self._widget
        panel = FillingPanel(widget.window(), self._ctx, self._env, page.presenter, page.grid)
        panel.closed.connect(self._filling_closed)
        self._filling = panel
        right = widget.mapTo(widget.window(), widget.rect().topRight()).x() - Space.XL
        top = page.grid.mapTo(widget.window(), page.grid.rect().topLeft()).y()
        panel.show_panel(right, top)

    def publish(self) -> None:
        """Show what to know about the month, then publish it."""
        popup = PublishPopup(self._widget.window(), self._ctx, self._env, self._page.presenter)
        popup.asked.connect(self.go_to)
        popup.published.connect(self._published)
        popup.show_popup()

    def show_versions(self) -> None:
        """Show the published versions of the month."""
        popup = VersionsPopup(self._widget.window(), self._ctx, self._env, self._page.presenter)
        popup.asked.connect(self.go_to)
        popup.show_popup()

    def save_sheet(self) -> None:
        """Save the month as a workbook of values."""
        month = self._page.presenter.stretch.month
        kinds = (FileKind(_("Excel workbook"), "*.xlsx"),)
        path = self._env.dialogs.save_file(_("Save the roster"), f"roster-{month.first:%Y-%m}.xlsx", kinds)
        if path is not None:
            said = _("Saved {name}").format(name=path.name)
            self.sheet.save(month.first, path, lambda: self._env.shell.say(said), by_crew=self.by_crew)

    def make_fairness(self, made: Callable[[bytes, str], None]) -> None:
        """Make the ledger of the twelve months that end with the month shown, and hand it on."""
        self._page.paper.make_fairness(self._page.presenter.stretch.month.first, made)

    def save_own(self) -> None:
        """Save the shifts of whoever looks, of the month shown, as a calendar file."""
        me = self._ctx.actor.person_id
        if me is not None:
            self._save_calendars({me: self._ctx.actor.name})

    def save_calendars(self) -> None:
        """Save a calendar file for each person of the rows selected; all of them after Ctrl+A."""
        board = self._page.presenter.board
        if board is not None:
            people = {board.person(key[0]).id: board.person(key[0]) for key in self._page.grid.selected_keys}
            words = self._page.presenter.words
            self._save_calendars({who: words.person(person) for who, person in people.items()})

    def _save_calendars(self, names: Mapping[PersonId, str]) -> None:
        month = self._page.presenter.stretch.month
        kinds = (FileKind(_("Calendar file"), "*.ics"),)
        title = _("Save shifts as calendar files")
        path = self._env.dialogs.save_file(title, f"roster-{month.month_code}.ics", kinds)
        if path is not None:
            self.calendars.save(paths_of(path, names), month, self._say_saved)

    def _say_saved(self, count: int) -> None:
        if not count:
            self._env.shell.say(_("There is nothing to save."), tone="info")
            return
        said = ngettext("Saved {n} calendar file", "Saved {n} calendar files", count)
        self._env.shell.say(said.format(n=count))

    def _why_not_own(self) -> str:
        return "" if self._ctx.actor.person_id is not None else _("You have no shifts here.")

    def _why_not_calendars(self) -> str:
        return "" if self._page.presenter.board is not None else _("The roster is being read")

    def choose_paper(self) -> None:
        """Print on A3 from now on, or on A4 again."""
        is_large = self._page.paper.size is PaperSize.A3
        self._page.paper.size = PaperSize.A4 if is_large else PaperSize.A3
        words = _("Papers are made for A4.") if is_large else _("Papers are made for A3.")
        self._env.shell.say(words, tone="info")

    def close_panels(self) -> None:
        """Put a search or a proposal aside: another page is shown."""
        if self._filling is not None:
            self._filling.close_now()

    def go_to(self, line: ListLine) -> None:
        """Show a cell or a gap; on other days as soon as these are read."""
        presenter = self._page.presenter
        on = line.key[1] if line.key is not None else line.violation.on_date if line.violation else None
        if on is None:
            return
        if presenter.stretch.first <= on <= presenter.stretch.last:
            self._go(line)
        else:
            self._wanted = line
            presenter.show_stretch(presenter.stretch.holding(on))

    # -- inside --------------------------------------------------------------------------------------

    def _go(self, line: ListLine) -> None:
        grid, one = self._page.grid, line.violation
        grid.setFocus()
        if line.key is not None:
            grid.go_to(line.key)
        elif one is not None:
            grid.spot_of(one.on_date, one.person_id, one.template_id, one.team_id)
            self._page.explain_current()

    def _board_changed(self) -> None:
        board = self._page.presenter.board
        if board is None:
            return
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._go(wanted)
        self._mark_seen()

    def _mark_seen(self) -> None:
        """Note that the person looking has seen the published month, if they are on it."""
        board, person = self._page.presenter.board, self._ctx.actor.person_id
        state = board.state if board is not None else None
        if board is None or state is None or state.version is None or not state.is_published:
            return
        is_on_it = any(key[0] == person for key in board.cells if key[1] in board.days)
        if is_on_it and state.version.id not in self._marked and self._widget.isVisible():
            self._marked.add(state.version.id)
            self._env.tasks.run(
                partial(month_commands.mark_seen, self._ctx, state.version.id), failed=self._env.shell.failed
            )

    def _published(self, outcome: Outcome, outdates_card: bool) -> None:
        presenter = self._page.presenter
        self._env.shell.did(outcome, _("Published {month}").format(month=presenter.month_name()))
        presenter.refresh()
        if outdates_card:
            show = partial(self._env.shell.open, "reports", {"report": ReportId.EMERGENCY.value})
            said = _("Others lead the next shifts: the emergency cards on paper are out of date.")
            self._env.shell.say(said, tone="info", action=_("Print the card…"), run=show)

    def _why_not_fill(self) -> str:
        presenter = self._page.presenter
        if presenter.board is None:
            return _("The roster is being read")
        if presenter.stretch.last < presenter.today:
            return _("These dates are over.")
        return ""

    def _filling_closed(self) -> None:
        self._filling = None
        self._page.presenter.refresh()
