"""What is chosen in the list, shown in the pane, and what a person does with it there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from app.models.entities.errors import FirstlineError
from app.models.entities.ids import PersonId
from app.models.entities.leave import LeaveRequest
from app.views.base.errors import explain
from app.views.base.i18n import _
from app.views.leave.details_pane import DetailsPane
from app.views.leave.leave_words import LeaveWords, Line
from app.views.leave.request_lines import facts_of, history_of, state_of, title_of
from app.views.leave.request_list import RequestList
from app.views.leave.request_rows import Deed
from app.views.leave.requests_presenter import Preview, RequestsPresenter


class Deciding(QObject):
    """Ties list, pane and presenter together. One request at a time."""

    changed = Signal()  # another request is chosen, or another thing can be done with it

    def __init__(
        self,
        requests: RequestList,
        pane: DetailsPane,
        presenter: RequestsPresenter,
        words: LeaveWords,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._list = requests
        self._pane = pane
        self._presenter = presenter
        self._words = words
        self._key = 0
        self._substitute: PersonId | None = None
        self._preview: Preview | None = None
        pane.deed_asked.connect(self.do)
        pane.note_given.connect(self._with_note)
        pane.substitute_chosen.connect(self._choose_substitute)
        pane.left.connect(lambda: requests.setFocus(Qt.FocusReason.OtherFocusReason))
        presenter.preview_read.connect(self._show_preview)

    def show(self, key: int) -> None:
        """Show a line's request; 0: none."""
        presenter, pane, words = self._presenter, self._pane, self._words
        is_other = key != self._key
        item, desk = presenter.item(key), presenter.desk
        if item is None or desk is None:
            self._key = 0
            pane.show_nothing()
            self.changed.emit()
            return
        if is_other:
            pane.stop_asking(tell=False)
            self._substitute = item.substitute_id if isinstance(item, LeaveRequest) else None
        self._key, self._preview = key, None
        pane.show_request(
            item,
            state_of(item, presenter.reader),
            title_of(item),
            facts_of(item, desk, words),
            history_of(item, words),
        )
        pane.show_deeds(presenter.deeds(key))
        self.changed.emit()
        presenter.preview(key, self._substitute)

    def enter(self) -> None:
        """Go to what can be done with the chosen request."""
        shown = [button for button in self._pane.buttons.values() if button.isVisible()]
        if shown:
            shown[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def may(self, *deeds: Deed) -> bool:
        """Whether one of the deeds is possible with the chosen request."""
        return bool(set(deeds) & set(self._presenter.deeds(self._key)))

    def do_first(self, *deeds: Deed) -> None:
        """Do the first of the deeds that is possible."""
        possible = self._presenter.deeds(self._key)
        found = next((deed for deed in deeds if deed in possible), None)
        if found is not None:
            self.do(found)

    def do(self, deed: Deed) -> None:
        """Do it, or ask for the reason first where one is needed."""
        pane = self._pane
        if deed is Deed.REFUSE:
            pane.ask_reason(deed, _("Why is it refused? Whoever asked will read it."))
        elif deed is Deed.APPROVE and self._breaks:
            pane.ask_reason(deed, _("It breaks a rule that forbids it. Why is it approved all the same?"))
        else:
            self._run(deed)

    def choose_substitute(self) -> None:
        """Go to the choice of who stands in."""
        if self._pane.substitute_field.isVisible():
            self._pane.substitute.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._pane.substitute.showPopup()

    # -- inside --------------------------------------------------------------------------------------

    @property
    def _breaks(self) -> bool:
        preview = self._preview
        return preview is not None and preview.swap is not None and bool(preview.swap.forbidden)

    def _run(self, deed: Deed, note: str = "") -> None:
        despite = deed is Deed.APPROVE and self._breaks
        self._presenter.do(self._key, deed, note=note, substitute=self._substitute, despite=despite)

    def _with_note(self, deed: Deed, note: str) -> None:
        self._run(deed, note)

    def _choose_substitute(self, person_id: object) -> None:
        self._substitute = PersonId(person_id) if isinstance(person_id, int) else None
        self._presenter.preview(self._key, self._substitute)

    def _show_preview(self, key: int, preview: Preview) -> None:
        pane, words, desk = self._pane, self._words, self._presenter.desk
        item = self._presenter.item(key)
        if key != self._key or desk is None or item is None:
            return
        self._preview = preview
        if preview.refused is not None:
            self._show_refusal(preview.refused)
        elif preview.swap is not None:
            names = {**desk.names, **{one.person_id: one.name for one in preview.swap.people}}
            lines = words.swap_lines(preview.swap, names, desk.shifts)
            pane.show_effect(preview.swap.people, lines)
        elif preview.leave is not None and isinstance(item, LeaveRequest):
            pane.show_effect((), words.leave_lines(preview.leave, desk.names, desk.shifts))
            may_choose = self.may(Deed.APPROVE)
            name = item.substitute_name or "…"
            pane.offer_substitutes(preview.substitutes, self._substitute, name, may_choose=may_choose)

    def _show_refusal(self, error: Exception) -> None:
        if isinstance(error, FirstlineError):
            told = explain(error, self._words.fmt)
            text = f"{told.happened} {told.advice}".strip()
            self._pane.show_effect((), [Line(text, "warn")])
