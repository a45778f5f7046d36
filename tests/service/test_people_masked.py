"""Masked facts of requesters: in look-ups, lists, cards and papers; saved, found, and shown on demand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.entities.audit import AccessFilter, AccessKind, AccessSubject
from app.models.entities.errors import BadInput, NotAllowed, NotFound, StaleRecord
from app.models.entities.ids import PersonId
from app.models.entities.people import NumberKind, PersonDetails, PersonFact
from app.models.entities.tickets import TicketStatus
from app.services.audit.commands import reveal
from app.services.audit.queries import access_page
from app.services.base.context import Actor
from app.services.people import commands, masking, queries
from app.services.settings.commands import change_settings
from app.services.tickets.page_queries import ticket_surroundings
from tests.support.site import set_up_site

ZHOU = PersonDetails(
    "Zhou Yun",
    "周云",
    email="zhou.yun@example.com",
    location="Tower 2",
    title="Accountant",
    source_key="E-1007",
    phones=((NumberKind.WORK, "62881234"), (NumberKind.MOBILE, "138 0013 8000")),
)


@pytest.fixture
def site(ctx):
    set_up_site(ctx)
    return ctx


@pytest.fixture
def zhou(site) -> PersonId:
    return PersonId(commands.add_person(site, ZHOU).id)


@pytest.fixture
def mask(site):
    """Masks these facts from now on."""

    def now(*facts: PersonFact) -> None:
        changes = {masking.SETTINGS[fact].name: True for fact in facts}
        change_settings(site, changes, versions={})

    return now


def stored(ctx, person_id):
    with ctx.store.read() as read:
        return queries.load_person(read, person_id).details


def test_without_masks_everything_is_as_it_was(site, zhou):
    assert queries.person(site, zhou).details == ZHOU
    assert queries.find_callers(site, "zhou")[0].masked == frozenset()


def test_a_look_up_and_a_list_show_masks(site, zhou, mask):
    mask(PersonFact.PHONE, PersonFact.EMAIL, PersonFact.LOCATION)

    found = queries.find_callers(site, "zhou")[0]

    assert (found.phone, found.email, found.location) == ("62****34", "z****@example.com", "****")
    assert found.masked == {PersonFact.PHONE, PersonFact.EMAIL, PersonFact.LOCATION}
    assert queries.people_page(site) == [found]


@pytest.mark.parametrize(
    "typed", ["13800138000", "138 0013 8000", "+86 138 0013 8000", "zhou.yun@example.com"]
)
def test_who_is_masked_is_found_by_the_whole_fact(site, zhou, mask, typed):
    mask(*PersonFact)

    assert [one.id for one in queries.find_callers(site, typed)] == [zhou]


def test_an_incoming_call_finds_who_is_masked(site, zhou, mask):
    mask(*PersonFact)

    assert [one.id for one in queries.people_with_number(site, "+86 13800138000")] == [zhou]


def test_the_number_in_a_list_is_masked_by_its_own_kind(site, zhou, mask):
    mask(PersonFact.MOBILE)

    assert queries.find_callers(site, "zhou")[0].phone == "62881234"


def test_the_card_of_a_caller_and_the_page_of_a_ticket_show_masks(site, zhou, mask, make):
    mask(PersonFact.MOBILE)
    ticket = make.ticket(requester_id=zhou)

    card = queries.caller_card(site, zhou).person
    requester = ticket_surroundings(site, ticket.id).requester

    assert card == requester
    assert [number for _kind, number in card.details.phones] == ["62881234", "138****8000"]


def test_first_numbers_are_masked_for_requesters_only(site, zhou, mask):
    agent = commands.add_person(site, replace(ZHOU, source_key="", is_staff=True)).id
    mask(PersonFact.PHONE)

    with site.store.read() as read:
        numbers = masking.first_numbers(read, [zhou, agent])

    assert numbers == {zhou: "62****34", agent: "62881234"}


# -- saving --------------------------------------------------------------------------------------------


def test_saving_a_masked_form_changes_only_what_was_typed(site, zhou, mask):
    mask(*PersonFact)
    shown = queries.person(site, zhou)

    outcome = commands.edit_person(
        site, zhou, replace(shown.details, department="Finance", company="Huaxin"), version=shown.version
    )
    outcome.undo.run()

    assert stored(site, zhou) == ZHOU


def test_a_masked_fact_can_be_replaced_unseen(site, zhou, mask):
    mask(*PersonFact)
    shown = queries.person(site, zhou)

    commands.edit_person(site, zhou, replace(shown.details, email="new@example.com"), version=shown.version)

    assert stored(site, zhou) == replace(ZHOU, email="new@example.com")


def test_a_mask_read_before_the_setting_changed_is_not_saved(site, zhou, mask):
    mask(PersonFact.EMAIL)
    shown = queries.person(site, zhou)
    change_settings(
        site,
        {masking.SETTINGS[PersonFact.EMAIL].name: False},
        versions={masking.SETTINGS[PersonFact.EMAIL].name: 1},
    )

    commands.edit_person(site, zhou, replace(shown.details, title="Auditor"), version=shown.version)

    assert stored(site, zhou) == replace(ZHOU, title="Auditor")


def test_a_mask_of_an_older_value_is_refused(site, zhou, mask):
    mask(PersonFact.EMAIL)
    shown = queries.person(site, zhou)
    commands.edit_person(site, zhou, replace(ZHOU, email="yun@example.com"), version=shown.version)

    with pytest.raises((StaleRecord, BadInput)):
        commands.edit_person(site, zhou, shown.details, version=shown.version)

    assert stored(site, zhou).email == "yun@example.com"


def test_a_number_added_beside_a_masked_one_keeps_it(site, zhou, mask):
    mask(*PersonFact)

    commands.add_number(site, zhou, "5555 0000", version=1)

    assert stored(site, zhou).phones == (*ZHOU.phones, (NumberKind.WORK, "5555 0000"))


def test_a_mask_is_no_number(site, zhou):
    with pytest.raises(BadInput, match=r"people\.mask_typed"):
        commands.add_number(site, zhou, "62****99", version=1)


# -- showing -------------------------------------------------------------------------------------------


def test_a_fact_is_shown_and_recorded_with_who_where_and_for_which_ticket(site, zhou, mask):
    mask(*PersonFact)

    shown = reveal(site, zhou, PersonFact.MOBILE, number=12)

    [line] = access_page(site, AccessFilter()).entries
    assert shown.values == ("138 0013 8000",)
    assert (line.kind, line.subject, line.named, line.pc) == (
        AccessKind.REVEALED, AccessSubject.PERSON, "Zhou Yun", site.actor.client,
    )  # fmt: skip
    assert line.about == {"fact": "mobile", "ticket": "#00012"}


def test_the_record_never_holds_what_was_shown(site, zhou):
    reveal(site, zhou, PersonFact.EMAIL)

    with site.store.read() as read:
        assert "zhou.yun" not in str(read.rows("SELECT * FROM access_record"))


def test_without_the_right_nothing_is_shown_nor_recorded(site, zhou):
    agent = site.acting_as(Actor(None, "agent", frozenset({"people.read", "people.edit"}), "pc"))

    with pytest.raises(NotAllowed):
        reveal(agent, zhou, PersonFact.MOBILE)

    assert access_page(site, AccessFilter()).entries == ()


def test_nobody_is_shown_of_somebody_who_does_not_exist(site):
    with pytest.raises(NotFound):
        reveal(site, PersonId(99), PersonFact.MOBILE)

    assert access_page(site, AccessFilter()).entries == ()


def test_what_is_shown_cannot_be_recorded_is_not_shown(site, zhou):
    with site.store.read() as read:
        read.connection.execute("DROP TABLE access_record")

    with pytest.raises(Exception, match="access_record"):
        reveal(site, zhou, PersonFact.MOBILE)


def test_the_list_of_calls_to_make_shows_masked_numbers(site, zhou, mask, make):
    from app.services.reports.shift_lists import call_backs  # noqa: PLC0415 - loads the reports

    mask(PersonFact.PHONE, PersonFact.MOBILE)
    done = site.clock.now() - timedelta(hours=1)
    make.ticket(requester_id=zhou, status=TicketStatus.RESOLVED, resolved_at=done)

    with site.store.read() as read:
        [call] = call_backs(read, "en")

    assert call.phone == "62****34"
