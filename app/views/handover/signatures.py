"""The two boxes in which both leaders sign."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.handover import Leader, Side, Signature
from app.services.base.names import name_in
from app.services.handover.words import HandoverWords
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import ElidedLabel


class SignatureBox(Card):
    """One side: who should sign by the roster, who signed when, and the button to do it."""

    sign_asked = Signal(object)  # Side
    back_asked = Signal()

    def __init__(self, side: Side, words: HandoverWords, key: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Handing over") if side is Side.OUT else _("Taking over"), parent=parent)
        self.setObjectName(f"signature_{side.value}")
        self.side = side
        self._words = words
        self.state = Pill("")
        self.head.addWidget(self.state)
        self.face = Avatar("")
        self.who = ElidedLabel("", "strong")
        self.about = ElidedLabel("", "muted")
        self.sign = Button(_("Sign"), ButtonKind.PRIMARY, icon="pencil", key=key)
        self.back = Button(_("Take back"), ButtonKind.LINK, small=True)
        words_column = QVBoxLayout()
        words_column.setSpacing(0)
        words_column.addWidget(self.who)
        words_column.addWidget(self.about)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.face)
        row.addLayout(words_column, 1)
        row.addWidget(self.back)
        row.addWidget(self.sign)
        self.body.addLayout(row)
        self.sign.clicked.connect(lambda: self.sign_asked.emit(self.side))
        self.back.clicked.connect(self.back_asked)

    def show_side(
        self, shift: str, leaders: Sequence[Leader], signed: Signature | None, *, why_not: str, mine: bool
    ) -> None:
        """Show how this side stands; `why_not` says why it cannot sign now. `mine`: the reader's side."""
        self.set_note(" · ".join(part for part in (shift, _("that is you") if mine else "") if part))
        names = _(", ").join(name_in(one.name, one.name_alt, current.code) for one in leaders)
        if signed is not None:
            name = name_in(signed.name, signed.name_alt, current.code)
            self.state.say(_("Signed"), "ok", "circle-check")
            about = self._words.when(signed.at)
            if signed.reason:
                text = _("{time}, in place of {name}: {reason}")
                about = text.format(time=about, name=names or "–", reason=signed.reason)
        else:
            name = names or _("Nobody is named by the roster")
            self.state.say(_("Not signed"), "warn", "circle-dashed")
            about = _("Duty supervisor by the roster") if names else _("Somebody else signs, with a reason")
        self.who.setText(name)
        self.about.setText(about)
        self.face.show_person(name if names or signed is not None else "")
        self.sign.setVisible(signed is None)
        self.sign.wait_for(why_not)
        self.back.setVisible(False)

    def offer_back(self, is_possible: bool) -> None:
        """Let the signature be taken back, or not."""
        self.back.setVisible(is_possible)
