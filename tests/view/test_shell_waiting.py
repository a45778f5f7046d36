"""What an earlier run of the program left: drafts in the menu, an offer at sign-in, queued tickets."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.services.base.context import Context
from app.services.base.drafts import Draft, DraftKey
from app.services.base.events import EventBus
from app.views.base.i18n import N_
from app.views.base.widgets.labels import PlainLabel
from app.views.shell.registry import SCREENS, Screen
from app.views.shell.waiting import DRAFTS_KEPT_FOR
from app.views.shell.workspace import Workspace
from tests.support.shell import HERE, PAGES, NotePage, session_of, site_of, workplace

ASKED: list[tuple[str, str]] = []


def something_left(user: str, epoch: str) -> bool:
    """Stand for a page that left work: remembers for whom it was asked."""
    ASKED.append((user, epoch))
    return True


def nothing_left(_user: str, _epoch: str) -> bool:
    """Stand for a page that left nothing."""
    return False


@pytest.fixture
def work(qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path) -> Workspace:
    site_of(ctx)
    made = Workspace(session_of(ctx), workplace(tmp_path, bus), screens=PAGES)
    qtbot.addWidget(made)
    made.show()
    made.start()
    return made


def keep(
    work: Workspace,
    draft_id: str,
    *,
    form: str = "tickets.new",
    record: str = "",
    age: int = 0,
    **values: object,
) -> None:
    ctx = work.session.ctx
    key = DraftKey(ctx.actor.key, work.env.epoch, form, record)
    at = ctx.clock.now() - timedelta(minutes=age)
    work.place.drafts.save(Draft(draft_id, key, 0, at, "VPN & mail", dict(values)))


def menu_of(work: Workspace) -> QMenu:
    made: list[QMenu] = []
    work.drafts.fill_menu(made.append)
    return made[0]


def toasts(work: Workspace) -> list[str]:
    return [label.text() for toast in work.toasts.shown for label in toast.findChildren(PlainLabel)]


def shown_target(work: Workspace) -> object:
    page = work.stack.page
    assert isinstance(page, NotePage)
    return page.target


def test_the_menu_beside_new_ticket_lists_the_drafts_of_new_tickets(work: Workspace) -> None:
    keep(work, "a1", age=5, draft_number=1, is_parked=True)
    keep(work, "b2", draft_number=2)
    keep(work, "c3", form="tickets.composer", record="7")

    texts = [action.text() for action in menu_of(work).actions() if not action.isSeparator()]

    assert texts[:2] == ["New ticket", "Drafts (2)"]
    assert [text.partition(" · ")[0] for text in texts[2:]] == ["Draft 2", "Draft 1"]
    assert texts[2].endswith("VPN && mail")


def test_a_draft_of_the_menu_opens_in_the_form(work: Workspace) -> None:
    keep(work, "a1", draft_number=1)

    menu_of(work).actions()[-1].trigger()

    assert work.stack.name == "new_ticket"
    assert shown_target(work) == {"draft": "a1"}


def test_without_drafts_the_menu_still_begins_a_ticket(work: Workspace) -> None:
    menu = menu_of(work)
    menu.actions()[0].trigger()

    assert menu.actions()[-1].text() == "No drafts"
    assert work.stack.name == "new_ticket"


def test_text_a_crash_left_is_offered_at_sign_in_and_opens(work: Workspace) -> None:
    keep(work, "a1", draft_number=1)

    work.take_up()
    (toast,) = work.toasts.shown
    said = toasts(work)
    toast.action.click()

    assert any(text.startswith("Unsaved text of") and text.endswith("VPN & mail") for text in said)
    assert shown_target(work) == {"draft": "a1"}


def test_an_unsaved_note_is_offered_on_its_ticket(work: Workspace) -> None:
    keep(work, "a1", form="tickets.composer", record="7")

    work.take_up()
    work.toasts.shown[0].action.click()

    assert work.stack.name == "ticket"
    assert shown_target(work) == {"id": 7}


def test_what_was_put_aside_on_purpose_is_not_offered(work: Workspace) -> None:
    keep(work, "a1", is_parked=True)

    work.take_up()

    assert toasts(work) == []


def test_the_form_that_is_open_already_offers_its_own_draft(work: Workspace) -> None:
    keep(work, "a1")
    work.open("new_ticket")

    work.take_up()

    assert toasts(work) == []


def test_drafts_nobody_came_back_for_are_gone_after_a_month(work: Workspace) -> None:
    keep(work, "a1", age=int(DRAFTS_KEPT_FOR.total_seconds()) // 60 + 1)

    work.take_up()

    assert menu_of(work).actions()[-1].text() == "No drafts"


@pytest.mark.parametrize(("left", "is_built"), [("something_left", True), ("nothing_left", False)])
def test_a_page_with_work_left_over_is_built_at_sign_in_and_not_shown(
    qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path, left: str, is_built: bool
) -> None:
    site_of(ctx)
    page = f"{HERE}:NotePage"
    screens = (
        Screen("first", N_("Desk"), "inbox", page, "tickets.read", rail=1),
        Screen(
            "new_ticket", N_("New ticket"), "plus", page, "tickets.create", left_over=f"{__name__}:{left}"
        ),
    )
    work = Workspace(session_of(ctx), workplace(tmp_path, bus), screens=screens)
    qtbot.addWidget(work)
    work.start()

    work.take_up()

    assert ("new_ticket" in work.stack.states) is is_built
    assert work.stack.name == "first"


def test_every_screen_that_may_leave_work_can_be_asked() -> None:
    askable = [screen for screen in SCREENS if screen.left_over]

    assert [screen.name for screen in askable] == ["new_ticket"]
    assert not any(screen.has_left_over("nobody", "nowhere") for screen in askable)
