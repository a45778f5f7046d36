"""Somebody who is planned is retired: whether their shifts to come stay or are given up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.views.base.i18n import _, ngettext
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

    def __init__(self, window: QWidget, name: str, count: int) -> None:
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
        self.body.addWidget(PlainLabel(_("Retire {name}?").format(name=name), "record"))
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
