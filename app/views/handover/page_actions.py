"""What can be done on the handover page, as data for keys, menus and the palette."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.models.entities.handover import Side
from app.views.base.actions import Action
from app.views.base.i18n import N_, _
from app.views.base.pages import Target
from app.views.handover.handover_presenter import Entry, HandoverPresenter
from app.views.handover.lists_presenter import ListsPresenter
from app.views.handover.popups import HandoverPopups
from app.views.handover.sheet_view import SheetView


class Deeds(Protocol):
    """What the page itself does for an action; the rest is the presenter's."""

    presenter: HandoverPresenter
    popups: HandoverPopups
    lists: ListsPresenter
    sheet: SheetView

    def refresh(self) -> None: ...
    def open_paper(self) -> None: ...
    def show_present(self) -> None: ...
    def show_part(self, part: str) -> None: ...
    def focus_search(self) -> None: ...
    def show_target(self, target: Target) -> None: ...


def page_actions(page: Deeds) -> tuple[Action, ...]:
    """Return what can be done on the page as a whole."""
    presenter = page.presenter

    def no_sheet() -> str:
        return "" if presenter.handover is not None else _("The sheet is not written yet.")

    return (
        Action(
            "handover.sign_out",
            N_("Sign as the outgoing leader"),
            lambda: page.popups.ask_signature(Side.OUT),
            "pencil",
            "Alt+O",
            "handover.write",
            blocked=lambda: presenter.why_not(Side.OUT),
        ),
        Action(
            "handover.sign_in",
            N_("Sign as the incoming leader"),
            lambda: page.popups.ask_signature(Side.IN),
            "pencil",
            "Alt+I",
            "handover.write",
            blocked=lambda: presenter.why_not(Side.IN),
        ),
        Action("handover.earlier", N_("The shift before"), lambda: presenter.step(-1), shortcut="Alt+Left"),
        Action("handover.later", N_("The shift after"), lambda: presenter.step(1), shortcut="Alt+Right"),
        Action(
            "handover.write_now",
            N_("Write the sheet of this shift now"),
            presenter.open_now,
            "file-plus",
            permission="handover.write",
            blocked=lambda: _("The sheet is written.") if presenter.handover is not None else "",
        ),
        Action("handover.refresh", N_("Look for new facts"), page.refresh, "refresh-cw", "F5"),
        Action(
            "handover.paper", N_("Open the paper"), page.open_paper, "printer", "Ctrl+P", blocked=no_sheet
        ),
        Action(
            "handover.present",
            N_("Show the sheet to be signed next"),
            page.show_present,
            "clipboard-list",
            "Ctrl+1",
        ),
        Action("handover.book", N_("Search the book of handovers"), page.focus_search, "book-open", "Ctrl+2"),
        Action(
            "handover.verify",
            N_("Prove the book of handovers"),
            page.lists.verify_book,
            "shield-check",
            "Ctrl+Shift+V",
        ),
        Action(
            "handover.opportunities",
            N_("Opportunities"),
            lambda: page.show_part("opportunities"),
            "lightbulb",
            "Ctrl+3",
            "opportunities.write",
        ),
        Action(
            "handover.must_read",
            N_("Must read"),
            lambda: page.show_part("must_read"),
            "book-open",
            "Ctrl+4",
            "knowledge.read",
        ),
        Action("handover.pin", N_("PIN for signing"), page.popups.ask_pin, "key-round"),
        Action(
            "handover.opportunity",
            N_("Note an opportunity"),
            lambda: page.show_target({"note": ""}),
            "lightbulb",
            "Alt+N",
            "opportunities.write",
        ),
    )


def line_actions(page: Deeds) -> tuple[Action, ...]:
    """Return what can be done with the chosen line; their keys work while the list has the focus."""
    presenter, lines, write = page.presenter, page.sheet.lines, "handover.write"

    def begin(entry: Entry) -> None:
        page.sheet.pane.begin(entry)

    def take(run: Callable[[int], None]) -> None:
        if lines.key:
            run(lines.key)

    return (
        Action(
            "handover.tick",
            N_("Take the line over"),
            lambda: take(presenter.toggle),
            "check",
            "Space",
            write,
        ),
        Action(
            "handover.tick_section",
            N_("Take over the whole section"),
            lambda: take(presenter.tick_section),
            "check-check",
            "Shift+Space",
            write,
        ),
        Action(
            "handover.ask",
            N_("Ask back about the line"),
            lambda: begin(Entry.QUESTION),
            "circle-question-mark",
            "Q",
            write,
        ),
        Action("handover.note", N_("Note to the line"), lambda: begin(Entry.NOTE), "pencil", "N", write),
        Action(
            "handover.answer", N_("Answer the question"), lambda: begin(Entry.ANSWER), "reply", "A", write
        ),
    )
