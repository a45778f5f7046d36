"""Over a list of settings: entries that came with a newer program and are not here yet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.setup.shipped_commands import ShippedList, add_missing, count_missing
from app.views.base.i18n import _, ngettext
from app.views.base.pages import PageEnv
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Notice


class ShippedOffer(Notice):
    """Hidden while nothing is missing, or the person may not add it."""

    asked = Signal(object)  # what to run, with its Undo

    def __init__(
        self, ctx: Context, env: PageEnv, shipped: ShippedList, parent: QWidget | None = None
    ) -> None:
        super().__init__("", tone="info", icon="download", parent=parent)
        self._ctx = ctx
        self._env = env
        self._shipped = shipped
        self.add = Button(_("Add them"), icon="plus", small=True)
        self.buttons.addWidget(self.add)
        self.add.clicked.connect(lambda: self.asked.emit(self.adding()))
        self.hide()

    def refresh(self) -> None:
        """Count again what is missing."""
        if self._ctx.actor.may("settings.edit"):
            job = partial(count_missing, self._ctx, self._shipped)
            self._env.tasks.run(job, self._show, self._env.shell.failed, owner=self)

    def adding(self) -> Callable[[], Outcome]:
        """Return what adds them."""
        return partial(add_missing, self._ctx, self._shipped)

    def _show(self, count: int) -> None:
        said = ngettext(
            "{count} entry that comes with the program is not here.",
            "{count} entries that come with the program are not here.",
            count,
        )
        self.say(said.format(count=count))
        self.setVisible(count > 0)
