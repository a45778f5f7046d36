"""Above everything else on the desk: a shift that is not handed over, or that nobody leads."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.entities.handover import Standing
from app.services.base.names import name_in
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import Notice


class HandoverNotice(Notice):
    """Hidden while both leaders have signed and somebody leads."""

    opened = Signal()

    def __init__(self, fmt: Format, parent: QWidget | None = None) -> None:
        super().__init__("", tone="bad", icon="clipboard-check", parent=parent)
        self.setObjectName("handover_notice")
        self._format = fmt
        self.open = Button(_("Open the handover"), icon="arrow-right", small=True)
        self.buttons.addWidget(self.open)
        self.open.clicked.connect(self.opened)
        self.hide()

    def show_standing(self, standing: Standing) -> None:
        """Say what is missing and since when; nothing where all is signed."""
        fmt = self._format
        if standing.unsigned is not None:
            template = standing.unsigned.template
            text = _("The shift “{shift}” is not handed over since {time}: a signature is missing.")
            name = name_in(template.name, template.name_alt, current.code)
            self.say(
                text.format(shift=name, time=fmt.when(standing.unsigned.ends_at, standing.at)), tone="bad"
            )
        elif standing.is_unled and standing.running is not None:
            text = _("This shift has had no duty supervisor since {time}.")
            since = fmt.when(standing.running.starts_at, standing.at)
            self.say(text.format(time=since), tone="warn")
        elif standing.draft_due and standing.running is not None:
            text = _("The shift ends {time}: its handover is written and waits for both signatures.")
            self.say(text.format(time=fmt.clock(standing.running.ends_at)), tone="info")
        self.setVisible(standing.unsigned is not None or standing.is_unled or standing.draft_due)
