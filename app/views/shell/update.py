"""A database made by an older version: an administrator may update it, after a verified backup."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.models.entities.errors import FirstlineError
from app.services.base.command import require
from app.services.base.context import Actor
from app.services.shell.doors import Doors, Opened
from app.views.base.i18n import _
from app.views.base.tasks import Lane
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Notice
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import ProgressLine
from app.views.shell.faces import Face, row_of_widget, sentences
from app.views.shell.session import Workplace
from app.views.shell.signin import Way

_WIDTH = 560
UPDATE_PERMISSION = "store.migrate"


class UpdateFace(Face):
    """Says what will happen, asks for an administrator, and shows how far it is."""

    def __init__(self, way: Way, doors: Doors, place: Workplace, opened: Opened, actor: Actor) -> None:
        super().__init__(
            _("This database needs an update"),
            _(
                "It was made by an older version of Firstline. A backup is made and verified first; if"
                " anything goes wrong, the database stays as it is. Colleagues with an older program must"
                " update it too."
            ),
            width=_WIDTH,
        )
        self.setObjectName("update")
        self._way = way
        self._doors = doors
        self._place = place
        self._opened = opened
        self.body.addWidget(PlainLabel(_("Database: {name}").format(name=opened.name), "strong"))
        self.notice = Notice("", tone="info")
        self.notice.hide()
        self.line = ProgressLine(said=_("Update"))
        self.line.hide()
        self.go = Button(_("Back up and update"), ButtonKind.PRIMARY, icon="database-backup")
        self.other = Button(_("Another database"), ButtonKind.LINK)
        if not actor.may(UPDATE_PERMISSION):
            self.go.wait_for(_("Only an administrator can update the database."))
            asked = partial(require, opened.ctx.acting_as(actor), UPDATE_PERMISSION)
            place.tasks.run(asked, failed=self._tell, owner=self)  # refused, with the names of who may
        self.body.addWidget(self.notice)
        self.body.addWidget(self.line)
        self.body.addWidget(row_of_widget(self.go, None, self.other))
        self.go.clicked.connect(self.update_now)
        self.other.clicked.connect(way.choose_database)
        self.begin_at(self.go if self.go.isEnabled() else self.other)

    def update_now(self) -> None:
        """Back up, verify, update; the window stays usable and shows how far it is."""
        self.go.wait_for(_("The update is running."))
        self.line.show()
        self._place.tasks.watch(
            partial(self._doors.update, self._opened.url),
            self._updated,
            self._failed,
            shown=lambda done, total: self.line.show_share(done / max(1, total)),
            lane=Lane.LONG,
            owner=self,
        )

    def _updated(self, backup: Path | None) -> None:
        del backup  # it lies beside the database, and the log names it
        self._place.tasks.run(
            partial(self._doors.open, self._opened.url), self._way.arrive, self._failed, owner=self
        )

    def _failed(self, error: Exception) -> None:
        self.line.hide()
        self.go.wait_for("")
        self._tell(error)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, FirstlineError):
            self.notice.say(sentences(error), tone="bad")
            self.notice.show()
