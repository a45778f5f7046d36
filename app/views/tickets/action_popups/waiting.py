"""The popup that sets tickets waiting: for what, and which clocks stand still meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.entities.ids import ReasonId
from app.models.entities.settings import WaitingReason
from app.models.entities.tickets import WaitingKind
from app.models.entities.time import Allowance
from app.services.base.names import name_in
from app.services.base.terms import term
from app.views.base.i18n import _, current, ngettext
from app.views.base.tokens import Space
from app.views.base.widgets.cards import Notice
from app.views.base.widgets.fields import Field
from app.views.base.widgets.sidelist import SideItem, SideList, SideSection
from app.views.tickets.action_popups.base import ActionPopup
from app.views.tickets.action_popups.meant import Meant, told

_LIST_HEIGHT = 364
_ICONS = {
    WaitingKind.USER: "user",
    WaitingKind.SUPPLIER: "building-2",
    WaitingKind.VISIT: "truck",
    WaitingKind.CHANGE: "git-merge",
}


class WaitPopup(ActionPopup):
    """The reasons by what is waited for; under them, what the chosen one does to the clocks."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _("Set waiting"))
        self.setObjectName("wait_popup")
        self.meant: Sequence[Meant] = ()
        self._reasons: dict[str, WaitingReason] = {}
        self.reasons = SideList(_("Reasons to wait"))
        self.effect = Notice("", tone="info", icon="pause")
        self.remark = QLineEdit()
        self.remark_field = Field(_("Note"), self.remark, hint=_("may be empty"))
        for part in (self.reasons, self.effect, self.remark_field):
            self.content.addWidget(part)
        self.reasons.selectionModel().currentChanged.connect(lambda *_places: self._show_effect())

    def ask(self, meant: Sequence[Meant], reasons: Sequence[WaitingReason]) -> None:
        """Ask what these tickets wait for."""
        self.meant = meant
        only = meant[0] if len(meant) == 1 else None
        self.say(_("Set {tickets} waiting").format(tickets=told(meant)), only.subject if only else "")
        self.remark.clear()
        self.remark_field.setVisible(only is not None)
        self._reasons = {str(reason.id): reason for reason in reasons}
        sections = []
        for kind in WaitingKind:
            of_kind = [reason for reason in reasons if reason.details.kind is kind]
            items = [SideItem(str(reason.id), _name(reason), _ICONS[kind]) for reason in of_kind]
            if items:
                sections.append(SideSection(term(current.texts, kind), items))
        self.reasons.set_sections(sections)
        rows = sum(self.reasons.sizeHintForRow(row) for row in range(self.reasons.model().rowCount()))
        self.reasons.setFixedHeight(min(_LIST_HEIGHT, rows + 2 * self.reasons.frameWidth() + Space.XS))
        self.reasons.choose(next((item.key for section in sections for item in section.items), ""))
        self._show_effect()
        self.open_on(self.reasons)

    @property
    def reason_id(self) -> ReasonId | None:
        """The chosen reason."""
        chosen = self._reasons.get(self.reasons.key)
        return None if chosen is None else chosen.id

    @property
    def text(self) -> str:
        """The note that goes with it."""
        return self.remark.text().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a reason takes it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.act.isEnabled():
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def _show_effect(self) -> None:
        reason = self._reasons.get(self.reasons.key)
        self.act.wait_for("" if reason is not None else _("Choose a reason first."))
        self.effect.setVisible(reason is not None)
        if reason is not None:
            self.effect.say(_effect(reason))


def _name(reason: WaitingReason) -> str:
    return name_in(reason.details.name, reason.details.name_alt, current.code)


def _effect(reason: WaitingReason) -> str:
    details = reason.details
    if details.pauses_resolution and details.pauses_response:
        sentences = [_("The response and resolution clocks stand still.")]
    elif details.pauses_resolution:
        sentences = [_("The resolution clock stands still; the response clock runs on.")]
    elif details.pauses_response:
        sentences = [_("The response clock stands still; the resolution clock runs on.")]
    else:
        sentences = [_("All clocks run on.")]
    if details.longest:
        sentences.append(_("At most {duration}.").format(duration=_period(details.longest)))
    if details.follow_up_every:
        sentences.append(_("Ask again every {duration}.").format(duration=_period(details.follow_up_every)))
    # Chinese sentences stand without a space between them.
    return ("" if current.code.startswith("zh") else " ").join(sentences)


def _period(text: str) -> str:
    """Return a period as a person says it: days are working days."""
    allowance = Allowance.from_text(text)
    parts = []
    if allowance.working_days:
        days = ngettext("{count} working day", "{count} working days", allowance.working_days)
        parts.append(days.format(count=allowance.working_days))
    hours, minutes = divmod(allowance.seconds // 60, 60)
    if hours:
        parts.append(_("{count} h").format(count=hours))
    if minutes:
        parts.append(_("{count} min").format(count=minutes))
    return " ".join(parts)
