"""What the form of a new ticket learns from the chosen category: fields, articles, usual time, scope."""

from __future__ import annotations

import pytest

from app.models.entities.catalogue import CategoryDetails, Gate, ServiceDetails
from app.models.entities.ids import ArticleId, CategoryId
from app.models.entities.tickets import TicketStatus
from app.services.catalogue import commands, queries
from app.views.base.i18n import current
from app.views.tickets.form_values import Ending
from tests.view.new_ticket_page.form import fill, only_ticket


@pytest.fixture
def say(desk, page):
    """Say something about the desk's category; the form reads what it offers again."""

    def change(**said):
        found = queries.category(desk.ctx, CategoryId(desk.category.id)).category
        details = CategoryDetails(found.details.code, found.name, **said)
        commands.edit_category(desk.ctx, found.id, details, version=found.version)
        page.refresh()

    return change


def test_what_the_category_demands_is_asked_for_at_its_field(say, page, desk, caller):
    say(demands=((Gate.CREATE, ("location", "description")),))
    fill(page, caller, desk)
    page.view.fields.location.clear()  # where the caller usually is was proposed

    assert page.call.missing(Ending.CREATE) == ("location", "description")
    page.save(Ending.CREATE)
    assert page.view.fields.fields["location"].error == "Tickets of this category say where it is."
    assert "location" in page.view.footer.create_button.toolTip()

    fill(page, caller, desk, location="B 201", description="It beeps")
    page.save(Ending.CREATE)
    assert only_ticket(desk).location == "B 201"


def test_in_chinese_the_missing_field_is_named_in_chinese(say, page, desk, caller):
    say(demands=((Gate.CREATE, ("location",)),))
    fill(page, caller, desk)
    current.use("zh_CN")
    try:
        page.view.fields.location.clear()
        said = page.view.footer.create_button.toolTip()
    finally:
        current.use("en")

    assert "地点" in said


def test_each_ending_asks_for_the_gates_it_passes(say, page, desk, caller):
    say(
        demands=(
            (Gate.ASSIGN, ("description",)),
            (Gate.RESOLVE, ("resolution_code",)),
            (Gate.CLOSE, ("service_id",)),
        )
    )
    fill(page, caller, desk, solution="Closed tray 2", cause="config", no_article=True)

    assert page.call.missing(Ending.CREATE) == ()
    assert page.call.missing(Ending.SECOND_LINE)[-1] == "description"
    assert page.call.missing(Ending.SOLVE) == ("service", "resolution")


def test_a_demanded_way_of_solving_is_asked_for_where_it_is_chosen(say, page, desk, caller):
    say(demands=((Gate.RESOLVE, ("resolution_code",)),))
    fill(page, caller, desk, solution="Closed tray 2", cause="config", no_article=True)

    page.save(Ending.SOLVE)

    field = page.view.fields.solve.resolution_field
    assert field.error == "Tickets of this category say how they were solved."


def test_a_linked_article_is_offered_before_a_word_is_typed(say, page, desk, caller, make, qtbot):
    linked = make.article(title="Tray 2")
    say(article_ids=(ArticleId(linked.id),))
    page.call.form.fill({"category": str(desk.category.id)})

    qtbot.waitUntil(lambda: bool(page.view.helpers.knowledge.lines))

    assert [line.article_id for line in page.view.helpers.knowledge.lines] == [linked.id]


def test_the_usual_time_stands_beside_the_category(say, page, desk, caller):
    say(handling_minutes=15)
    fill(page, caller, desk)

    assert page.view.fields.fields["category"].hint.text() == "usually 15 min · Alt+G"


def test_a_service_proposes_where_the_category_does_not(say, page, desk, caller):
    say()
    service = commands.add_service(
        desk.ctx,
        ServiceDetails("mail", "Mail", default_impact=3, default_urgency=2, handling_minutes=10),
    )
    page.refresh()
    page.call.form.fill({"requester": str(caller), "subject": "No mail", "category": str(desk.category.id)})
    page.view.fields.service.show_taken(str(service.id), "Mail")
    page.view.fields.service.taken.emit(str(service.id))

    assert page.view.fields.promise.cell == (3, 2)
    assert page.view.fields.fields["category"].hint.text() == "usually 10 min · Alt+G"


def test_a_category_out_of_scope_is_refused_politely_and_counted_as_such(say, page, desk, caller):
    say(
        demands=((Gate.CREATE, ("location",)),),
        is_in_scope=False,
        refusal_text="Please call facilities.",
    )
    fill(page, caller, desk, location="")

    assert page.view.fields.refusal.isVisible()
    page.save(Ending.OUT_OF_SCOPE)

    assert only_ticket(desk).status is TicketStatus.OUT_OF_SCOPE
    (offer,) = page.view.fields.offers.categories("prn")
    assert (offer.detail, offer.icon) == ("Out of scope", "ban")
