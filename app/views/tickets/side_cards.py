"""The cards beside a ticket's properties: who asked, the linked tickets, the files."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.people import PersonDetails, PersonFact
from app.models.entities.ticket_pages import LinkedTicket
from app.models.entities.tickets import Attachment
from app.views.base.format import phone
from app.views.base.i18n import _, ngettext
from app.views.base.masked_facts import MaskedFacts
from app.views.base.tokens import Space
from app.views.base.widgets.avatars import Avatar
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.chips import Pill
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, set_tip
from app.views.base.widgets.paint import STATUS_LOOK
from app.views.base.widgets.painted import IconSpot
from app.views.tickets.detail_names import in_reader_language
from app.views.tickets.detail_state import TicketState
from app.views.tickets.property_rows import PropertyRow
from app.views.tickets.timeline_rows import shortened

_AVATAR = 32


class RequesterCard(Card):
    """Who asked: name, VIP, where they belong and how to reach them. `row` is the field that changes it."""

    def __init__(
        self,
        row: PropertyRow,
        *,
        may_edit: bool,
        may_reveal: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Requester"), parent=parent)
        self._may_reveal = may_reveal
        self.setObjectName("requester_card")
        self._row = row
        self.change = Button(_("Change"), ButtonKind.LINK, icon="pencil", small=True)
        self.change.clicked.connect(row.value.click)
        self.head.addWidget(self.change)
        self.change.setVisible(may_edit)
        row.hide()
        row.opened.connect(row.setVisible)
        self.face = Avatar("", _AVATAR)
        self.name = ElidedLabel("", "strong")
        self.vip = Pill(_("VIP"), "warn", icon="star")
        self.place = ElidedLabel("", "small")
        self.reach = PlainLabel("", "muted", wrap=True)
        self.reach.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.place)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(self.face)
        head.addLayout(words, 1)
        head.addWidget(self.vip)
        self.body.addWidget(row)
        self.body.addLayout(head)
        self.body.addWidget(self.reach)
        self.masked = MaskedFacts((PersonFact.PHONE, PersonFact.MOBILE, PersonFact.EMAIL))
        self.body.addWidget(self.masked)

    def show_state(self, state: TicketState) -> None:
        """Show the requester; a ticket from monitoring may have none."""
        person = state.around.requester
        details = person.details if person is not None else PersonDetails(_("Nobody"))
        name = in_reader_language(details.name, details.name_alt)
        self.face.show_person(name if person is not None else "")
        self.name.setText(name)
        self.vip.setVisible(details.is_vip)
        company = state.names.company(details.company)
        self.place.setText(" · ".join(part for part in (company, details.department) if part))
        phones = person.phones if person is not None else ()
        numbers = " · ".join(phone(number.number) for number in phones)
        self.reach.setText("\n".join(way for way in (numbers, details.email) if way))
        self.reach.setVisible(bool(self.reach.text()))
        self.masked.show_person(person, is_allowed=self._may_reveal)


class LinksCard(Card):
    """Related tickets and duplicates; one adds by number, removes with the cross, opens with a click."""

    open_asked = Signal(int)  # ticket id
    add_asked = Signal(str)  # a number as typed
    remove_asked = Signal(int)

    def __init__(self, *, may_link: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Links"), parent=parent)
        self.setObjectName("links_card")
        self._may_link = may_link
        self.count = 0
        self.add = Button(_("Add"), ButtonKind.LINK, icon="plus", small=True)
        self.head.addWidget(self.add)
        self.add.setVisible(may_link)
        self.number = _NumberLine()
        self.number.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.none = PlainLabel(_("No linked tickets. Link one by its number."), "faint", wrap=True)
        self.body.addWidget(self.number)
        self.body.addLayout(self._list)
        self.body.addWidget(self.none)
        self.add.clicked.connect(self._ask_number)
        self.number.returnPressed.connect(self._send_number)

    def show_state(self, state: TicketState) -> None:
        """Show what the ticket is linked with."""
        _empty(self._list)
        around = state.around
        if around.duplicate_of is not None:
            self._list.addWidget(PlainLabel(_("Duplicate of"), "caps"))
            self._add(around.duplicate_of, state, may_remove=False)
        for link in state.detail.links:
            self._add(link, state, may_remove=self._may_link)
        count = len(around.duplicates)
        self.count = count + len(state.detail.links) + (around.duplicate_of is not None)
        if count:
            text = ngettext("{count} duplicate", "{count} duplicates", count).format(count=count)
            self._list.addWidget(PlainLabel(text, "caps"))
        for duplicate in around.duplicates:
            self._add(duplicate, state, may_remove=False)
        self.none.setVisible(not self.count)

    def added(self) -> None:
        """Hear that the typed number was linked."""
        self.number.clear()
        self.number.hide()

    def _ask_number(self) -> None:
        self.number.show()
        self.number.setFocus()

    def _send_number(self) -> None:
        if self.number.text().strip():
            self.add_asked.emit(self.number.text())

    def _add(self, link: LinkedTicket, state: TicketState, *, may_remove: bool) -> None:
        number = state.names.number(link.number)
        icon, ink = STATUS_LOOK[link.status]
        spot = IconSpot(icon, ink, 14)
        button = Button(number, ButtonKind.LINK, small=True)
        button.clicked.connect(lambda: self.open_asked.emit(int(link.id)))
        set_tip(button, f"{state.names.word(link.status)} · P{link.priority}")
        subject = ElidedLabel(link.subject)
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        row.addWidget(spot)
        row.addWidget(button)
        row.addWidget(subject, 1)
        if may_remove:
            cross = IconButton("x", _("Remove the link to {number}").format(number=number), small=True)
            cross.clicked.connect(lambda: self.remove_asked.emit(int(link.id)))
            row.addWidget(cross)
        holder = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        self._list.addWidget(holder)


class FilesCard(Card):
    """Every file of the ticket, the newest first."""

    file_asked = Signal(object)  # Attachment
    add_asked = Signal()

    def __init__(self, *, may_add: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Attachments"), parent=parent)
        self.setObjectName("files_card")
        self.add = Button(_("Add"), ButtonKind.LINK, icon="plus", small=True)
        self.add.clicked.connect(self.add_asked)
        self.head.addWidget(self.add)
        self.add.setVisible(may_add)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.none = PlainLabel(_("No files. Drop them here or paste a screenshot."), "faint", wrap=True)
        self.body.addLayout(self._list)
        self.body.addWidget(self.none)

    def show_files(self, files: Sequence[Attachment], state: TicketState) -> None:
        """Show these files."""
        _empty(self._list)
        self.set_note(str(len(files)) if files else "")
        self.none.setVisible(not files)
        for file in reversed(files):
            self._add(file, state)

    def _add(self, file: Attachment, state: TicketState) -> None:
        icon = "image" if file.media_type.startswith("image/") else "file-text"
        button = Button(shortened(file.name, 28), ButtonKind.LINK, icon=icon, small=True)
        button.setAccessibleName(file.name)
        told = (file.name, state.names.actor(file.added_by), state.format.exact(file.added_at))
        set_tip(button, " · ".join(told))
        button.clicked.connect(lambda: self.file_asked.emit(file))
        holder = QWidget()
        size = PlainLabel(state.format.file_size(file.size), "small")
        holder.setLayout(row_of(button, None, size))
        self._list.addWidget(holder)


class _NumberLine(QLineEdit):
    """A line for a ticket number; Esc puts it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Ticket number, then Enter"))
        self.setAccessibleName(_("Number of the ticket to link"))
        self.setMaxLength(24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.hide()
        else:
            super().keyPressEvent(event)


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
