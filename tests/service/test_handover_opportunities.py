"""Opportunities from the first word to their outcome; articles everybody must have read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import BadInput, NotAllowed, NotFound, RuleViolation, StaleRecord
from app.models.entities.handover import OpportunityState
from app.models.entities.ids import ArticleId, PersonId
from app.models.entities.knowledge import ArticleState
from app.services.base.clock import FixedClock
from app.services.handover import must_read
from app.services.handover import opportunity_commands as deeds
from app.services.handover.opportunity_queries import opportunities, opportunities_noted, receivers
from tests.support.handovers import BEFORE_CHANGE, HandoverDesk, handover_desk
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


def noted(desk: HandoverDesk, text: str = "Finance wants a shared calendar", **more) -> int:
    return deeds.note_opportunity(desk.outgoing, text, **more).id or 0


def only(desk: HandoverDesk):
    return opportunities(desk.outgoing, include_ended=True)[0]


def test_one_noted_from_a_ticket_keeps_its_caller(desk, make):
    caller = make.person(name="Chen Ming")
    ticket = make.ticket(requester_id=caller)

    noted(desk, ticket_id=ticket.id)

    found = only(desk)
    assert (found.requester, found.ticket_number, found.noted_by) == ("Chen Ming", ticket.number, "Wang Fang")
    assert found.state is OpportunityState.NOTED


def test_whom_it_is_passed_on_to_is_told(desk, make):
    manager = make.agent(name="Gao Jing")
    number = noted(desk)

    deeds.forward_opportunity(desk.outgoing, number, PersonId(manager.id), version=1)

    assert (only(desk).state, only(desk).forwarded_to) == (OpportunityState.FORWARDED, "Gao Jing")
    assert desk.told(manager) == [
        ("opportunity", {"by": desk.wang.id, "text": "Finance wants a shared calendar"})
    ]


def test_its_outcome_ends_it(desk):
    number = noted(desk)

    deeds.end_opportunity(desk.outgoing, number, "Bought 40 licences", is_won=True, version=1)

    assert (only(desk).state, only(desk).outcome) == (OpportunityState.WON, "Bought 40 licences")
    assert opportunities(desk.outgoing) == []
    with pytest.raises(RuleViolation) as refused:
        deeds.end_opportunity(desk.outgoing, number, "again", is_won=False, version=2)
    assert refused.value.code == "opportunities.ended"


def test_each_deed_is_taken_back(desk, make):
    manager = make.agent()
    number = noted(desk)
    outcome = deeds.forward_opportunity(desk.outgoing, number, PersonId(manager.id), version=1)

    outcome.undo.run()

    assert (only(desk).state, only(desk).forwarded_to) == (OpportunityState.NOTED, "")


def test_two_people_do_not_overwrite_each_other(desk):
    number = noted(desk)
    deeds.end_opportunity(desk.outgoing, number, "No money", is_won=False, version=1)

    with pytest.raises((StaleRecord, RuleViolation)):
        deeds.forward_opportunity(desk.incoming, number, PersonId(desk.li.id), version=1)


def test_what_cannot_be_is_refused(desk):
    number = noted(desk)

    with pytest.raises(BadInput):
        noted(desk, "   ")
    with pytest.raises(BadInput):
        noted(desk, "x" * 2_001)
    with pytest.raises(NotFound):
        noted(desk, ticket_id=999)
    with pytest.raises(BadInput):
        deeds.forward_opportunity(desk.outgoing, number, None, version=1)
    with pytest.raises(NotFound):
        deeds.forward_opportunity(desk.outgoing, number, PersonId(999), version=1)
    with pytest.raises(BadInput):
        deeds.end_opportunity(desk.outgoing, number, " ", is_won=True, version=1)
    with pytest.raises(NotAllowed):
        deeds.note_opportunity(desk.as_(desk.wang, "tickets.read"), "x")


def test_managers_are_offered_first(desk, make):
    make.agent(name="Aaron")
    make.agent(name="Zoe", roles=(make.role(code="operations_manager"),))

    assert receivers(desk.outgoing)[0][1] == "Zoe"


def test_a_shift_counts_what_it_heard_but_not_what_was_taken_back(desk):
    noted(desk)
    deeds.note_opportunity(desk.outgoing, "typed by mistake").undo.run()

    with desk.ctx.store.read() as read:
        begin = BEFORE_CHANGE - timedelta(hours=1)
        assert opportunities_noted(read, begin, BEFORE_CHANGE + timedelta(hours=1)) == 1


# --- what everybody must read ------------------------------------------------------------------------


def test_an_article_is_one_by_its_keyword(make, desk):
    make.article(title="Dress code", keywords="conduct, SOP")
    make.article(title="值班制度", keywords="值班，制度")
    make.article(title="VPN", keywords="sopranos")
    make.article(title="Draft", keywords="sop", state=ArticleState.DRAFT)

    assert [one.title for one in must_read.must_read(desk.outgoing)] == ["Dress code", "值班制度"]


def test_who_has_not_read_it_is_named_until_they_say_so(make, desk):
    article = make.article(keywords="sop")

    must_read.acknowledge(desk.outgoing, ArticleId(article.id), revision=1)

    mine = must_read.must_read(desk.outgoing)[0]
    theirs = must_read.must_read(desk.incoming)[0]
    assert (mine.is_mine_read, theirs.is_mine_read) == (True, False)
    assert (mine.acknowledged, mine.missing) == (1, ("Li Na", "Zhao Lei"))


def test_a_new_revision_is_read_anew(make, desk):
    article = make.article(keywords="sop")
    must_read.acknowledge(desk.outgoing, ArticleId(article.id), revision=1)

    desk.write(lambda tx: tx.execute("UPDATE article SET revision = 2"))

    assert not must_read.must_read(desk.outgoing)[0].is_mine_read


def test_said_twice_it_counts_once_and_is_taken_back_at_once(make, desk):
    article = make.article(keywords="sop")
    must_read.acknowledge(desk.outgoing, ArticleId(article.id), revision=1)

    must_read.acknowledge(desk.outgoing, ArticleId(article.id), revision=1).undo.run()

    assert must_read.must_read(desk.outgoing)[0].acknowledged == 0


def test_an_article_that_is_none_cannot_be_acknowledged(make, desk):
    article = make.article()

    with pytest.raises(RuleViolation) as refused:
        must_read.acknowledge(desk.outgoing, ArticleId(article.id), revision=1)
    assert refused.value.code == "knowledge.not_must_read"
    with pytest.raises(NotFound):
        must_read.acknowledge(desk.outgoing, ArticleId(999), revision=1)
