"""What an earlier run of the program left: drafts to go on with, and work that a page must finish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from app.services.base.context import Context
from app.services.base.drafts import Draft
from app.views.base.i18n import _
from app.views.base.pages import PageEnv, Target
from app.views.base.tasks import Lane
from app.views.base.widgets.labels import no_key
from app.views.tickets import draft_words

# Long enough to come back from a holiday. What was saved for good has no draft any more.
DRAFTS_KEPT_FOR = timedelta(days=30)


class WaitingDrafts(QObject):
    """Reads the person's drafts: for the menu beside "New ticket", and once at sign-in for an offer."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self._window = parent

    def offer_unsaved(self, shown: str) -> None:
        """Offer the text a crash left, unless the page `shown` does so itself; drop what is long past."""
        old = self._ctx.clock.now() - DRAFTS_KEPT_FOR
        self._env.tasks.run(partial(self._env.drafts.delete_older_than, old), lane=Lane.FILES)
        self._read(partial(self._offer, shown))

    def fill_menu(self, done: Callable[[QMenu], None]) -> None:
        """Build the menu of the top bar's chevron: a new ticket, and each draft of one; hand it to `done`."""
        self._read(lambda drafts: done(self._menu(drafts)))

    def _read(self, then: Callable[[list[Draft]], None]) -> None:
        job = partial(self._env.drafts.offers, self._ctx.actor.key, self._env.epoch)
        self._env.tasks.run(job, then, lane=Lane.FILES, owner=self)

    def _menu(self, drafts: Sequence[Draft]) -> QMenu:
        mine = [draft for draft in drafts if draft.key.form == draft_words.FORM]
        menu = QMenu(self._window)
        menu.addAction(_("New ticket"), "Ctrl+N", lambda: self._env.shell.open("new_ticket", {}))
        title = _("Drafts ({count})").format(count=len(mine)) if mine else _("No drafts")
        menu.addSeparator()
        menu.addAction(title).setEnabled(False)
        now = self._ctx.clock.now()
        for draft in mine:
            words = no_key(draft_words.draft_words(draft, self._env.format, now))
            menu.addAction(words, partial(self._env.shell.open, "new_ticket", {"draft": draft.id}))
        return menu

    def _offer(self, shown: str, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            place = _place_of(draft)
            if place is None or draft.values.get(draft_words.PARKED):
                continue
            page, target = place
            if page != shown:
                at = self._env.format.when(draft.saved_at, self._ctx.clock.now())
                said = _("Unsaved text of {time}").format(time=at)
                self._env.shell.say(
                    f"{said}: {draft.title}" if draft.title else said,
                    tone="info",
                    action=_("Open"),
                    run=partial(self._env.shell.open, page, target),
                )
            return


def _place_of(draft: Draft) -> tuple[str, Target] | None:
    """Return where a draft goes on: the page and its target; None for a form that offers it itself."""
    if draft.key.form == draft_words.FORM:
        return "new_ticket", {"draft": draft.id}
    if draft.key.form.startswith("tickets.") and draft.key.record.isdecimal():
        return "ticket", {"id": int(draft.key.record)}
    return None
