"""Where an announcement is written: what users must know, until when, and by which ways they were told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.models.entities.announcements import Announcement, AnnouncementDetails, AnnouncementKind, Link
from app.models.entities.errors import BadInput, FirstlineError
from app.models.entities.ids import ArticleId, TicketId
from app.services.announcements.rules import LONGEST_TEXT
from app.views.announcements.editor_fields import EditorFields
from app.views.announcements.editor_words import FIELD_OF
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LONGEST_HINT = 34


class EditorView(QWidget):
    """The fields and what is done with them. Ctrl+Enter saves, Esc goes back.

    What cannot be saved says so under its field, and the cursor goes there.
    """

    given = Signal(object, object)  # AnnouncementDetails, Announcement | None
    left = Signal()
    link_typed = Signal(object, int)  # Link, number

    def __init__(self, fmt: Format, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setObjectName("announcement_editor")
        self._format = fmt
        self._base: Announcement | None = None
        self._links: dict[Link, int | None] = dict.fromkeys(Link)
        self.form = EditorFields(fmt, now)
        self.save = Button(_("Announce"), ButtonKind.PRIMARY, icon="megaphone", key="Ctrl+Enter")
        self.cancel = Button(_("Cancel"), key="Esc")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.form, 1)
        outer.addLayout(row_of(None, self.cancel, self.save))
        self.form.title.textChanged.connect(lambda _text: self._wait())
        for link, line in self.form.numbers.items():
            line.textEdited.connect(partial(self._look_up, link))
        self.form.begin.refused.connect(self.form.fields["shown_from"].set_error)
        self.form.end.refused.connect(self.form.fields["shown_until"].set_error)
        self.save.clicked.connect(self.confirm)
        self.cancel.clicked.connect(self.left)

    def begin_with(self, one: Announcement | None) -> None:
        """Write a new announcement, or change one."""
        self._base = one
        self._clear_errors()
        for what in Link:
            self._show_link(what, 0, None, "")
        self.form.heading.setText(_("Change the announcement") if one else _("New announcement"))
        self.save.say(_("Save") if one else _("Announce"), "check" if one else "megaphone")
        self.form.fill(one.details if one else AnnouncementDetails(AnnouncementKind.FAULT, ""))
        if one is not None and one.article is not None:
            self._show_link(Link.ARTICLE, one.article.number, one.article.id, one.article.title)
        if one is not None and one.ticket is not None:
            self._show_link(Link.TICKET, one.ticket.number, one.ticket.id, one.ticket.subject)
        self._wait()
        self.form.title.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def details(self) -> AnnouncementDetails:
        """What stands in the fields. BadInput `leave.dates_unread` where the day is none."""
        article, ticket = self._links[Link.ARTICLE], self._links[Link.TICKET]
        return replace(
            self.form.read(),
            article_id=None if article is None else ArticleId(article),
            ticket_id=None if ticket is None else TicketId(ticket),
        )

    @property
    def values(self) -> dict[str, Any]:
        """The words typed, as plain JSON values, so that they outlive a change of language or theme."""
        return {
            "base": int(self._base.id) if self._base is not None else 0,
            "kind": str(self.form.kind.currentData()),
            "title": self.form.title.text(),
            "text": self.form.text.toPlainText(),
        }

    @property
    def is_dirty(self) -> bool:
        """Whether words were typed that are not saved."""
        before = self._base.details if self._base is not None else None
        had = (before.title, before.text) if before is not None else ("", "")
        return (self.form.title.text(), self.form.text.toPlainText()) != had

    def take_back(self, values: Mapping[str, Any]) -> None:
        """Put typed words back."""
        kinds = [str(kind) for kind in AnnouncementKind]
        if values.get("kind") in kinds:
            self.form.kind.setCurrentIndex(kinds.index(str(values["kind"])))
        self.form.title.setText(str(values.get("title") or ""))
        self.form.text.setPlainText(str(values.get("text") or ""))
        self._wait()

    def show_link(self, what: Link, number: int, found: tuple[int, str] | None) -> None:
        """Say which record a typed number means; an answer to an older number is passed over."""
        if number != _number(self.form.numbers[what]):
            return
        self._links[what] = found[0] if found is not None else None
        self._say_link(what, found[1] if found is not None else "")
        if found is None:
            self.form.fields[f"{what.value}_id"].set_error(_("There is none with this number."))
        self._wait()

    def show_error(self, error: FirstlineError) -> None:
        """Say what is wrong, under its field where it has one."""
        told = explain(error, self._format)
        said = f"{told.happened} {told.advice}".strip()
        name = FIELD_OF.get(error.code, "")
        if error.code == "announcements.too_long" and len(self.form.text.toPlainText()) <= LONGEST_TEXT:
            name = "title"
        field = self.form.fields.get(name)
        if field is None:
            self.form.problem.setText(said)
            self.form.problem.show()
            return
        field.set_error(said)
        field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Give what was typed."""
        if not self.save.isEnabled():
            return
        self._clear_errors()
        for line in (self.form.begin, self.form.end):
            line.settle()
        try:
            details = self.details
        except BadInput as error:
            told = explain(error, self._format)
            self.form.fields["live_on"].set_error(f"{told.happened} {told.advice}".strip())
            self.form.live_on.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(details, self._base)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves, Esc goes back."""
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in _ENTER:
            self.confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- inside --------------------------------------------------------------------------------------

    def _show_link(self, what: Link, number: int, record_id: int | None, title: str) -> None:
        self.form.numbers[what].setText(str(number) if number else "")
        self._links[what] = record_id
        self._say_link(what, title)

    def _look_up(self, what: Link, _text: str) -> None:
        self._links[what] = None
        self._say_link(what, "")
        if number := _number(self.form.numbers[what]):
            self.link_typed.emit(what, number)
        self._wait()

    def _say_link(self, what: Link, title: str) -> None:
        field = self.form.fields[f"{what.value}_id"]
        is_long = len(title) > _LONGEST_HINT
        field.set_hint(f"{title[: _LONGEST_HINT - 1]}…" if is_long else title)
        field.set_error("")

    def _wait(self) -> None:
        reason = "" if self.form.title.text().strip() else _("Write the title first.")
        for what, line in self.form.numbers.items():
            if line.text().strip() and self._links[what] is None:
                reason = reason or _("A number above belongs to nothing.")
        self.save.wait_for(reason)

    def _clear_errors(self) -> None:
        for field in self.form.fields.values():
            field.set_error("")
        self.form.problem.hide()


def _number(line: QLineEdit) -> int:
    """Return the digits of a line, 0 for none: "#10482" is 10482."""
    digits = "".join(letter for letter in line.text() if letter.isdecimal() and letter.isascii())
    return int(digits[:9] or 0)
