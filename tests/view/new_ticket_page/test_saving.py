"""What a new ticket becomes once its form is saved: whose it is, what is told, its files."""

from __future__ import annotations

from app.models.entities.tickets import TicketStatus
from app.services.tickets import queries
from app.views.tickets.form_values import Ending
from tests.view.new_ticket_page.form import fill, only_ticket


def test_the_second_line_gets_the_team_of_the_category(desk, page, caller):
    fill(page, caller, desk)

    page.save(Ending.SECOND_LINE)

    ticket = only_ticket(desk)
    assert (ticket.team_id, ticket.assignee_id, ticket.status) == (
        desk.second.id,
        None,
        TicketStatus.ASSIGNED,
    )


def test_the_agent_keeps_a_ticket_unless_somebody_else_is_named(desk, page, caller):
    fill(page, caller, desk)

    page.save(Ending.CREATE)

    ticket = only_ticket(desk)
    assert (ticket.team_id, ticket.assignee_id) == (desk.team.id, desk.agent.id)


def test_a_saved_ticket_is_told_with_its_number_and_can_be_opened(desk, page, caller):
    fill(page, caller, desk)

    page.save(Ending.CREATE)
    desk.shell.run_last()

    assert desk.shell.said == ["#00001 registered, P2, due 22:00"]
    assert desk.shell.opened == [("ticket", {"id": only_ticket(desk).id})]
    assert desk.shell.backs == 1
    assert not page.call.form.is_dirty


def test_a_service_out_of_scope_is_refused_politely_and_registered(desk, page, caller, make):
    coffee = make.service(
        name="Coffee machine", code="coffee", is_in_scope=False, refusal_text="Please ask the facility desk."
    )
    page.refresh()
    fill(page, caller, desk, service=str(coffee.id))
    assert page.view.fields.refusal.text.text() == "Please ask the facility desk."

    page.save(Ending.OUT_OF_SCOPE)

    assert only_ticket(desk).status is TicketStatus.OUT_OF_SCOPE


# --- files ---------------------------------------------------------------------------------------


def test_a_picked_file_is_attached_once_the_ticket_is_saved(desk, page, caller, tmp_path):
    (tmp_path / "error.txt").write_bytes(b"503")
    desk.dialogs.path = tmp_path / "error.txt"
    fill(page, caller, desk)

    page.view.footer.attach.click()
    (tmp_path / "error.txt").unlink()
    page.save(Ending.CREATE)

    detail = queries.ticket_detail(desk.ctx, only_ticket(desk).id)
    assert [(file.name, file.size) for file in detail.attachments] == [("error.txt", 3)]
