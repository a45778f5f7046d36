"""What stands beside the form of a new ticket while it is typed: articles that fit, and similar tickets."""

from __future__ import annotations

from app.models.entities.knowledge import ArticleState
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.knowledge import commands as knowledge
from app.services.knowledge.commands import ArticleText
from app.services.tickets import commands, queries
from app.views.tickets.form_values import Ending
from tests.view.new_ticket_page.form import fill


def published(ctx, title, body):
    made = knowledge.write_article(ctx, ArticleText(title, body))
    knowledge.set_state(ctx, made.id, ArticleState.PUBLISHED, version=made.version)
    return made.id


def test_articles_that_fit_are_found_while_typing_and_used_with_one_key(desk, page, caller, qtbot):
    article = published(desk.ctx, "Printer jams in tray 2", "Close **tray 2** and print again.")
    fill(page, caller, desk)
    qtbot.waitUntil(lambda: bool(page.view.helpers.knowledge.lines))

    page.call.use_first_article()

    assert page.call.values.article == article
    assert page.view.fields.solve.solution.toPlainText() == "Close tray 2 and print again."
    assert page.call.missing(Ending.SOLVE) == ("cause",)


def test_a_similar_ticket_is_linked_once_this_one_is_saved(desk, page, caller, qtbot):
    other = commands.create_ticket(
        desk.ctx, NewTicket(TicketType.INCIDENT, Channel.PHONE, "Printer jams again", impact=2, urgency=2)
    ).id
    fill(page, caller, desk)
    qtbot.waitUntil(lambda: bool(page.view.helpers.similar.lines))

    page.call.link_first()
    page.save(Ending.CREATE)

    rows = queries.ticket_page(desk.ctx, queries.ticket_query(desk.ctx, ""))
    new = next(row for row in rows if row.id != other)
    assert [link.id for link in queries.ticket_detail(desk.ctx, new.id).links] == [other]


def test_several_people_with_the_same_service_today_are_told(desk, page, caller, make, qtbot):
    for _time in range(2):
        make.ticket(service_id=desk.service, requester_id=make.person())

    fill(page, caller, desk, service=str(desk.service.id))

    qtbot.waitUntil(page.view.helpers.similar.warning.isVisible)
    assert page.view.helpers.similar.warning.text.text().startswith("2 people reported the same service")
