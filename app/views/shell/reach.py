"""Whether the database answers: told by the feed or by a failed job, tried again with growing pauses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.errors import FirstlineError, StoreUnavailable
from app.services.base.clock import Clock
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext
from app.views.base.tasks import Tasks
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Notice
from app.views.base.widgets.states import ProgressLine

FIRST_PAUSE = 2
LONGEST_PAUSE = 30
LOST_CODE = "store.lost"


class ReachWatch(QObject):
    """Knows since when the database has been silent and asks it again until it answers."""

    changed = Signal(bool)  # whether it answers
    counted = Signal(int, int)  # seconds until the next try, and of how many

    def __init__(
        self, tasks: Tasks, clock: Clock, ask: Callable[[], object], parent: QObject | None = None
    ) -> None:
        """`ask` reads something small from the database; it is run in the screen lane."""
        super().__init__(parent)
        self._tasks = tasks
        self._clock = clock
        self._ask = ask
        self._pause = FIRST_PAUSE
        self._left = 0
        self._is_asking = False
        self.last_answer_at = clock.now()
        self.lost_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._count_down)

    @property
    def is_lost(self) -> bool:
        """Whether the database does not answer."""
        return self.lost_at is not None

    def hear(self, is_reachable: bool) -> None:
        """Take notice of what somebody else found out."""
        if is_reachable:
            self._answered()
        elif not self.is_lost:
            self.lost_at = self._clock.now()
            self.changed.emit(False)
            self._wait_again()

    def hear_of(self, error: Exception) -> bool:
        """Take notice of a failed job; tell whether it failed because the database does not answer."""
        is_lost = isinstance(error, StoreUnavailable) and error.code == LOST_CODE
        if is_lost:
            self.hear(is_reachable=False)
        return is_lost

    def try_now(self) -> None:
        """Ask at once instead of when the pause is over."""
        if self.is_lost and not self._is_asking:
            self._timer.stop()
            self._is_asking = True
            self._tasks.run(self._ask, lambda _: self._answered(), self._silent, owner=self)

    def _answered(self) -> None:
        self._is_asking = False
        self._timer.stop()
        self._pause = FIRST_PAUSE
        self.last_answer_at = self._clock.now()
        if self.is_lost:
            self.lost_at = None
            self.changed.emit(True)

    def _silent(self, error: Exception) -> None:
        self._is_asking = False
        if isinstance(error, FirstlineError):
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            self._wait_again()

    def _wait_again(self) -> None:
        self._left = self._pause
        self._timer.start()
        self.counted.emit(self._left, self._pause)

    def _count_down(self) -> None:
        self._left -= 1
        self.counted.emit(max(0, self._left), self._pause)
        if self._left <= 0:
            self.try_now()


class LostBar(QWidget):
    """Over every page while the database is silent: since when, what is kept, when it is tried again."""

    def __init__(self, watch: ReachWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lost")
        self._watch = watch
        self._title = self._read_at = ""
        self._notice = Notice("", title=" ", tone="bad")
        self._line = ProgressLine(said=_("Next try"))
        self.retry = Button(_("Try now"), icon="refresh-cw")
        self.retry.clicked.connect(watch.try_now)
        self._notice.buttons.addWidget(self.retry)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.XL, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._notice)
        under = QHBoxLayout()
        under.addWidget(self._line)
        column.addLayout(under)
        watch.counted.connect(self._show_countdown)
        self.hide()

    def show_lost(self, fmt: Format) -> None:
        """Appear, with the time since which nothing was heard."""
        at = fmt.clock(self._watch.lost_at or self._watch.last_answer_at)
        self._title = _("The database has not answered since {time}").format(time=at)
        self._read_at = fmt.clock(self._watch.last_answer_at)
        self._show_countdown(FIRST_PAUSE, FIRST_PAUSE)
        self.show()

    def _show_countdown(self, left: int, whole: int) -> None:
        if not self._title:
            return
        kept = _(
            "You can go on writing: drafts are kept on this computer. Lists show what was read at {time}."
        ).format(time=self._read_at)
        again = ngettext("Trying again in {count} s.", "Trying again in {count} s.", left).format(count=left)
        self._notice.say(f"{kept} {again}", title=self._title, tone="bad")
        self._line.show_share(1 - left / max(1, whole))
