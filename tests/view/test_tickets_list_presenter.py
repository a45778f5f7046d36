"""What the list decides without any widget: views, filters, order, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.errors import StoreUnavailable
from app.models.entities.ids import ViewId
from app.models.entities.saved_views import SavedView, ViewSection
from app.models.entities.settings import SiteChoices
from app.models.entities.tickets import TicketStatus
from app.services.search.rules import to_text
from app.services.setup.first_start import set_up
from app.services.tickets import view_commands
from app.services.tickets.listing import TicketOrder
from app.views.base.tasks import ImmediateTasks
from app.views.tickets import composer_presenter, reading_drafts
from app.views.tickets.list_presenter import ListPresenter
from app.views.tickets.reading_drafts import PaneDrafts, Unsent, Writing
from app.views.tickets.view_list import icon_of, tone_of
from tests.support.pages import page_env


class LostTasks(ImmediateTasks):
    """The database does not answer."""

    def run(self, job, done=None, failed=None, **_options):
        failed(StoreUnavailable("store.lost"))


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def presenter(qapp, ctx, env, make):
    set_up(ctx, SiteChoices("Test desk", language="en"))
    make.ticket(subject="New one")
    make.ticket(subject="Waiting one", status=TicketStatus.WAITING)
    presenter = ListPresenter(ctx, env)
    presenter.refresh()
    return presenter


def saved(query):
    return SavedView(ViewId(1), None, "A view", "", query, ViewSection.DESK, 1, 1)


def test_the_first_list_is_the_desks_open_tickets(presenter):
    assert presenter.title == "All open"
    assert presenter.order_in_force == (TicketOrder.TIME_LEFT, False)
    assert not presenter.is_changed


def test_a_view_that_is_gone_when_one_comes_back_gives_way_to_the_filters_it_had(presenter, ctx, env):
    again = ListPresenter(ctx, env)
    again.restore(9999, "status:waiting", "", None)
    again.refresh()

    assert (again.view, to_text(again.base)) == (None, "status:waiting")


def test_other_filters_than_the_views_count_as_changed_until_they_are_saved(presenter):
    presenter.type_filter("priority:1")
    presenter.take_typed()
    assert presenter.is_changed

    presenter.save_changes({})

    assert not presenter.is_changed
    assert presenter.view.query == "status:open priority:1"


def test_a_saved_order_comes_back_with_the_view(presenter):
    presenter.sort_by("number", True)
    presenter.save_view("Newest numbers", {"widths": {"number": 90}})

    presenter.show_query("status:open")
    newest = next(view for view in presenter.views if view.name == "Newest numbers")
    presenter.choose_view(newest.id)

    assert presenter.order == (TicketOrder.NUMBER, True)
    assert presenter.view.layout["widths"] == {"number": 90}


def test_a_column_without_an_order_sorts_nothing(presenter):
    presenter.sort_by("requester", False)

    assert presenter.order is None


def test_a_name_nobody_has_is_said_and_the_list_stays(qtbot, presenter):
    before = presenter.source.query
    with qtbot.waitSignal(presenter.refused, check_params_cb=bool) as told:
        presenter.type_filter("team:martians")

    assert "martians" in told.args[0]
    assert presenter.source.query == before


def test_a_view_whose_team_is_gone_has_no_count(presenter, ctx):
    view_commands.save_view(ctx, name="Martians", query="team:martians")
    presenter.refresh()

    gone = next(view for view in presenter.views if view.name == "Martians")
    assert presenter.counts[gone.id] is None


def test_sharing_shows_a_view_to_everybody_and_is_told(presenter, env):
    presenter.save_view("Mine", {})

    presenter.share_view()

    assert env.shell.said[-1] in {"Everybody sees “Mine” now", "Only you see “Mine” now"}


def test_a_lost_database_is_said_and_reading_can_be_tried_again(qtbot, qapp, ctx, env):
    lost = ListPresenter(ctx, replace(env, tasks=LostTasks()))

    with qtbot.waitSignal(lost.unreadable) as told:
        lost.refresh()

    assert told.args[0].code == "store.lost"
    assert env.shell.errors


@pytest.mark.parametrize(
    ("query", "icon", "tone"),
    [
        ("assignee:me status:open", "user", ""),
        ("status:open assignee:none", "user-plus", ""),
        ("status:open breached:yes", "triangle-alert", "bad"),
        ("status:open breached:no due<1h", "clock", "warn"),
        ("status:open team:field", "truck", ""),
        ("status:open", "inbox", ""),
        ("status:nonsense", "inbox", ""),
    ],
)
def test_a_view_is_shown_by_what_it_is_about(query, icon, tone):
    assert (icon_of(saved(query)), tone_of(saved(query))) == (icon, tone)


def test_what_is_typed_beside_the_list_is_a_draft_of_the_tickets_own_page(presenter, ctx, env):
    drafts = PaneDrafts(ctx, env, presenter)
    drafts.find(7, "#10482 VPN drops", 3)
    drafts.typed(Unsent("half a sentence", Writing.REPLY))
    drafts.flush()

    (draft,) = env.drafts.offers(ctx.actor.name, "test")
    assert draft.key.form == composer_presenter.DRAFT_FORM == reading_drafts.FORM
    assert draft.values == {"mode": "reply", "text": "half a sentence"}

    drafts.forget(7)
    assert env.drafts.offers(ctx.actor.name, "test") == []
