"""From a ticket to the line in which an opportunity is noted."""

from __future__ import annotations


def test_an_opportunity_is_noted_from_the_ticket_that_is_read(page, env, ticket) -> None:
    page.action_set.run("ticket.opportunity")

    where, target = env.shell.opened[-1]
    assert (where, target["ticket"], target["note"]) == ("handover", ticket, "")
    assert target["number"] == page.presenter.state.number
