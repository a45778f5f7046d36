"""After an absence was approved or entered: what the person has in hand is offered to be handed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from app.models.entities.ids import PersonId
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.tickets.handing_commands import InHand, hand_over, in_hand
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext
from app.views.base.pages import PageEnv
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.leave.ask_popup import AskPopup

SOON = timedelta(days=7)
"""An absence that begins later leaves time to finish: nothing is asked then."""
RIGHT = "tickets.bulk"
_WIDTH = 560


class HandOnPopup(AskPopup):
    """How many open tickets somebody absent has, and where they go: to the substitute or the queue."""

    def __init__(
        self, window: QWidget, found: InHand, run: Callable[[PersonId | None], None], fmt: Format
    ) -> None:
        count = len(found.tickets)
        title = ngettext("{name} has {count} open ticket", "{name} has {count} open tickets", count).format(
            name=found.name, count=count
        )
        has_substitute = found.substitute_id is not None
        action = _("To the substitute") if has_substitute else _("Back to the queue")
        super().__init__(window, title, action, fmt)
        self.setFixedWidth(_WIDTH)
        self.setObjectName("hand_on_popup")
        self._found = found
        self._run = run
        self.queue = Button(_("Back to the queue"), icon="users")
        self.queue.clicked.connect(lambda: self._do(None))
        self.queue.setVisible(has_substitute)
        self.keep = Button(_("Leave them"), key="Esc")
        self.keep.clicked.connect(self.close_now)
        if has_substitute:
            who = _("{name} stands in.").format(name=found.substitute_name)
            self.body.addWidget(PlainLabel(who, wrap=True))
        said = _("Handing them on is one step, and can be taken back.")
        self.body.addWidget(PlainLabel(said, "muted", wrap=True))
        self.body.addWidget(self.refusal)
        self.body.addLayout(row_of(None, self.keep, self.queue, self.act))

    def ask(self) -> None:
        """Open; Enter hands them on."""
        self.open_centred()
        self.act.setFocus(Qt.FocusReason.PopupFocusReason)

    def confirm(self) -> None:
        """Give them to the substitute; where nobody is agreed upon, back to the queue."""
        self._do(self._found.substitute_id)

    def _do(self, to: PersonId | None) -> None:
        self.close_now()
        self._run(to)


class HandingOn(QObject):
    """Asks, and hands tickets on. Whoever may not change many tickets is not asked."""

    def __init__(self, ctx: Context, env: PageEnv, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._page = page
        self.popup: HandOnPopup | None = None

    def offer(self, person_id: PersonId, substitute_id: PersonId | None, first: date) -> None:
        """Ask what becomes of the tickets of somebody who is absent from `first` on, if that is soon."""
        today = self._env.format.local(self._ctx.clock.now()).date()
        if not self._ctx.actor.may(RIGHT) or first - today > SOON:
            return
        job = partial(in_hand, self._ctx, person_id, substitute_id=substitute_id)
        self._env.tasks.run(job, self._ask, self._env.shell.failed, owner=self)

    def _ask(self, found: InHand) -> None:
        if not found.tickets:
            return
        run = partial(self._hand_over, found)
        self.popup = HandOnPopup(self._page.window(), found, run, self._env.format)
        self.popup.closed.connect(self._forget)
        self.popup.ask()

    def _hand_over(self, found: InHand, to: PersonId | None) -> None:
        job: Callable[[], Outcome] = partial(hand_over, self._ctx, found.tickets, to=to)
        self._env.tasks.run(job, self._env.shell.did, self._env.shell.failed, owner=self)

    def _forget(self) -> None:
        self.popup = None
