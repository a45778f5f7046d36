"""What is announced and fits the call stands in one line; one key links its ticket or uses its article."""

from __future__ import annotations

from datetime import timedelta

from app.models.entities.announcements import AnnouncementDetails, AnnouncementKind
from app.models.entities.knowledge import ArticleState
from app.services.announcements import commands
from app.services.knowledge import commands as knowledge
from app.services.knowledge.commands import ArticleText
from app.services.tickets import queries
from app.views.tickets.form_values import Ending
from tests.view.new_ticket_page.form import fill


def announce(desk, title="Mail is down", kind=AnnouncementKind.FAULT, **more):
    return commands.write_announcement(desk.ctx, AnnouncementDetails(kind, title, **more)).id


def line(page):
    page.presenter.read_announced()
    notice = page.view.fields.announced
    return "" if notice.isHidden() else notice.text.text()


def test_a_known_fault_is_told_before_anything_is_chosen(desk, page):
    until = desk.ctx.clock.now() + timedelta(hours=2)
    announce(desk, service_id=desk.service.id, shown_until=until)

    assert line(page) == "Known fault: Mail is down · since 18:00, until 20:00"


def test_once_another_service_is_chosen_the_fault_is_told_no_more(desk, page, make):
    other = make.service(name="Telephones")
    announce(desk, service_id=desk.service.id)
    page.presenter.read_choices()
    before = line(page)

    page.call.form.fill({"service": str(other.id)})

    assert before.startswith("Known fault: Mail is down")
    assert line(page) == ""


def test_maintenance_is_told_for_its_own_service_alone(desk, page):
    announce(desk, "ERP is slow tonight", AnnouncementKind.MAINTENANCE, service_id=desk.service.id)
    before = line(page)

    page.call.form.fill({"service": str(desk.service.id)})

    assert before == ""
    assert line(page).startswith("Maintenance: ERP is slow tonight")


def test_of_several_the_others_are_counted(desk, page):
    announce(desk, "Mail is down")
    announce(desk, "Printing is down")

    assert line(page).endswith("and 1 more")


def test_its_ticket_is_linked_with_one_key_once_this_one_is_saved(desk, page, caller, make, qtbot):
    first = make.ticket(subject="Mail waits for all")
    announce(desk, ticket_id=first.id)
    page.presenter.read_announced()
    fill(page, caller, desk)

    page.announced.link()
    said = page.view.fields.announced.link.text()
    page.save(Ending.CREATE)

    rows = queries.ticket_page(desk.ctx, queries.ticket_query(desk.ctx, ""))
    new = next(row for row in rows if row.id != first.id)
    assert said == f"Linked to #{first.number}"
    assert [link.id for link in queries.ticket_detail(desk.ctx, new.id).links] == [first.id]


def test_without_a_ticket_the_key_uses_its_article(desk, page, caller, qtbot):
    made = knowledge.write_article(desk.ctx, ArticleText("Mail: what to say", "Say that we know."))
    knowledge.set_state(desk.ctx, made.id, ArticleState.PUBLISHED, version=made.version)
    announce(desk, article_id=made.id)
    page.presenter.read_announced()
    fill(page, caller, desk)

    page.announced.link()

    assert page.call.values.article == made.id
    assert page.view.fields.solve.solution.toPlainText() == "Say that we know."


def test_one_that_ends_while_the_form_is_open_goes_away(desk, page, clock):
    announce(desk, shown_until=clock.now() + timedelta(minutes=5))
    before = line(page)
    clock.advance(timedelta(minutes=5))

    page.announced.follow()

    assert (before != "", page.view.fields.announced.isHidden()) == (True, True)


def test_the_key_does_nothing_while_nothing_is_announced(desk, page):
    page.announced.link()

    assert page.call.values.links == ()
