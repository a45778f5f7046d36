"""Somebody who is planned leaves: whether their shifts to come stay or are given up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.views.base.i18n import _, ngettext
from app.views.base.pages import PageEnv
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup

_WIDTH = 480


class LeavingPopup(Popup):
    """`kept` and `given_up` tell the answer; Esc and Cancel tell nothing."""

    kept = Signal()
    given_up = Signal()

    def __init__(self, window: QWidget, name: str, count: int, question: str = "") -> None:
        """`question` heads it; without one it is about retiring."""
        super().__init__(window, scrim=True)
        self.setObjectName("leaving")
        self.setFixedWidth(min(_WIDTH, window.width() - 2 * Space.XL))
        told = ngettext(
            "{name} is planned on {n} date from today on.",
            "{name} is planned on {n} dates from today on.",
            count,
        )
        said = _(
            "Kept shifts stay where they are and count for nobody, so the roster shows who is missing; they"
            " count again if the person comes back. Given up, they are taken off now. What was worked stays"
            " either way, and Undo takes the step back."
        )
        self.keep = Button(_("Keep the shifts"), ButtonKind.PRIMARY)
        self.give_up = Button(_("Give the shifts up"))
        cancel = Button(_("Cancel"))
        self.body.addWidget(PlainLabel(question or _("Retire {name}?").format(name=name), "record"))
        self.body.addWidget(PlainLabel(told.format(name=name, n=count), "strong", wrap=True))
        self.body.addWidget(PlainLabel(said, wrap=True))
        self.body.addLayout(row_of(None, cancel, self.give_up, self.keep))
        self.keep.clicked.connect(lambda: self._answer(self.kept))
        self.give_up.clicked.connect(lambda: self._answer(self.given_up))
        cancel.clicked.connect(self.close_now)
        self.closed.connect(self.deleteLater)
        self.setFocusProxy(self.keep)

    def open_centred(self) -> None:
        """Show the popup; Enter keeps."""
        self.setFixedHeight(self.heightForWidth(self.width()))  # wrapped sentences need their lines
        super().open_centred()
        self.keep.setFocus(Qt.FocusReason.PopupFocusReason)

    def _answer(self, told: SignalInstance) -> None:
        self.close_now()
        told.emit()


class AskLeaving(QObject):
    """Counts the shifts ahead of somebody who leaves, and asks what becomes of them where there are any."""

    def __init__(self, pane: QWidget, env: PageEnv) -> None:
        super().__init__(pane)
        self._pane = pane
        self._env = env
        self.popup: LeavingPopup | None = None

    def ask(
        self,
        counting: Callable[[], int],
        name: str,
        keep: Callable[[], None],
        give_up: Callable[[], None],
        *,
        question: str = "",
        after: Callable[[], None] | None = None,
    ) -> None:
        """Count; `keep` at once where nothing is planned, else by the answer. `after` comes with any."""

        def counted(count: int) -> None:
            if count:
                self.ask_now(count, name, keep, give_up, question=question, after=after)
            else:
                keep()

        self._env.tasks.run(counting, counted, self._env.shell.failed, owner=self)

    def ask_now(
        self,
        count: int,
        name: str,
        keep: Callable[[], None],
        give_up: Callable[[], None],
        *,
        question: str = "",
        after: Callable[[], None] | None = None,
    ) -> None:
        """The same for who is known to be planned on so many dates."""
        self.popup = LeavingPopup(self._pane.window(), name, count, question)
        self.popup.kept.connect(keep)
        self.popup.given_up.connect(give_up)
        if after is not None:
            self.popup.closed.connect(after)
        self.popup.open_centred()


def last_team_question(name: str) -> str:
    """Return what is asked about somebody who will be in no team."""
    return _("Take {name} out of the last team?").format(name=name)
