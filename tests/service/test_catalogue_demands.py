"""What a category says about its tickets: teams by line, demanded fields at each gate, articles, scope."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.catalogue import CategoryDetails, Gate, ServiceDetails
from app.models.entities.errors import NotFound, RuleViolation
from app.models.entities.ids import ArticleId, CategoryId, TeamId
from app.models.entities.tickets import Channel, NewTicket, Resolution, TicketStatus, TicketType
from app.services.catalogue import commands, queries
from app.services.settings.current import load_config
from app.services.tickets import commands as tickets
from app.services.tickets import edit_commands, form_queries
from app.services.tickets import queries as ticket_queries
from tests.support.site import set_up_site

SOLVED = Resolution("Restarted the client", "config", "", 1, no_article_fits=True)


@pytest.fixture(autouse=True)
def site(ctx):
    set_up_site(ctx)


def add(ctx, details, parent=None):
    return CategoryId(commands.add_category(ctx, details, parent_id=parent).id)


def details_of(ctx, category_id):
    return queries.category(ctx, category_id).category.details


def demanding(*pairs, **more):
    return CategoryDetails("PRN", "Printer", demands=tuple(pairs), **more)


def call(category_id, **more):
    fields = {"impact": 2, "urgency": 2, "category_id": category_id, **more}
    return NewTicket(TicketType.INCIDENT, Channel.PHONE, "Paper jam", **fields)


def config(ctx):
    with ctx.store.read() as read:
        return load_config(read)


def test_everything_said_about_a_category_is_kept(ctx, make):
    first, second = TeamId(make.team().id), TeamId(make.team(line=2).id)
    article = ArticleId(make.article().id)
    details = CategoryDetails(
        "NET",
        "Network",
        "网络",
        first,
        is_desk_solvable=True,
        default_impact=2,
        line_teams=((1, first), (2, second)),
        demands=((Gate.ASSIGN, ("location",)), (Gate.CLOSE, ())),
        article_ids=(article,),
        handling_minutes=15,
        is_external=True,
        is_in_scope=False,
        refusal_text="Please call facilities.",
        refusal_text_alt="请联系后勤。",
    )

    category_id = add(ctx, details)

    assert details_of(ctx, category_id) == details


def test_an_edit_is_taken_back_with_its_teams_and_articles(ctx, make):
    team, article = TeamId(make.team().id), ArticleId(make.article().id)
    before = demanding((Gate.CREATE, ("location",)), line_teams=((2, team),), article_ids=(article,))
    category_id = add(ctx, before)

    changed = commands.edit_category(ctx, category_id, CategoryDetails("PRN", "Printing"), version=1)
    assert details_of(ctx, category_id) == CategoryDetails("PRN", "Printing")

    changed.undo.run()
    assert details_of(ctx, category_id) == before


def test_a_changed_team_of_a_line_is_in_force_at_once(ctx, make):
    first, other = TeamId(make.team().id), TeamId(make.team().id)
    category_id = add(ctx, demanding(line_teams=((2, first),)))
    assert config(ctx).team_of_line(category_id, 2) == first

    commands.edit_category(ctx, category_id, demanding(line_teams=((2, other),)), version=1)

    assert config(ctx).team_of_line(category_id, 2) == other


def test_a_team_or_article_that_never_was_is_refused_and_leaves_no_trace(ctx):
    for details in (demanding(line_teams=((1, TeamId(404)),)), demanding(article_ids=(ArticleId(404),))):
        with pytest.raises(NotFound):
            add(ctx, details)

    assert queries.category_tree(ctx, include_retired=True) == []


def test_a_category_demands_fields_of_a_new_ticket(ctx):
    category_id = add(ctx, demanding((Gate.CREATE, ("location", "description"))))

    with pytest.raises(RuleViolation) as refused:
        tickets.create_ticket(ctx, call(category_id, description="  "))
    assert refused.value.code == "tickets.create_gate"
    assert refused.value.params["missing"] == ("location", "description")

    saved = tickets.create_ticket(ctx, call(category_id, location="B 201", description="It beeps"))
    assert ticket_queries.ticket_detail(ctx, saved.id).ticket.location == "B 201"


def test_what_is_demanded_holds_for_everything_below_until_it_says_otherwise(ctx):
    above = add(ctx, demanding((Gate.CREATE, ("location",))))
    inherits = add(ctx, CategoryDetails("A", "Laser"), above)
    own = add(ctx, CategoryDetails("B", "Label", demands=((Gate.CREATE, ()),)), above)

    with pytest.raises(RuleViolation):
        tickets.create_ticket(ctx, call(inherits))
    assert tickets.create_ticket(ctx, call(own)).id is not None


def test_a_call_handed_on_at_once_passes_the_gate_of_assigning_too(ctx, make):
    category_id = add(ctx, demanding((Gate.ASSIGN, ("location",))))
    team = TeamId(make.team().id)

    with pytest.raises(RuleViolation) as refused:
        tickets.create_ticket(ctx, call(category_id, team_id=team))

    assert refused.value.params["missing"] == ("location",)
    assert tickets.create_ticket(ctx, call(category_id)).id is not None


def test_what_is_refused_as_out_of_scope_owes_no_fields(ctx):
    category_id = add(ctx, demanding((Gate.CREATE, ("location",))))

    assert tickets.create_ticket(ctx, call(category_id, is_refused=True)).id is not None


def test_assigning_asks_for_what_the_category_demands(ctx, make):
    team, agent = TeamId(make.team().id), make.agent()
    category_id = add(ctx, demanding((Gate.ASSIGN, ("location", "assignee_id"))))
    ticket = tickets.create_ticket(ctx, call(category_id))

    with pytest.raises(RuleViolation) as refused:
        tickets.assign_to(ctx, ticket.id, version=ticket.version, team_id=team)
    assert refused.value.params["missing"] == ("location", "assignee_id")

    told = edit_commands.edit_ticket(
        ctx, ticket.id, version=ticket.version, changes={"location": "B 2"}, base={"location": ""}
    )
    done = tickets.assign_to(ctx, ticket.id, version=told.version, team_id=team, assignee_id=agent.id)
    assert ticket_queries.ticket_detail(ctx, done.id).ticket.status is TicketStatus.ASSIGNED


def test_resolving_asks_for_the_code_where_the_category_demands_one(ctx):
    category_id = add(ctx, demanding((Gate.RESOLVE, ("resolution_code",))))
    ticket = tickets.create_ticket(ctx, call(category_id))

    with pytest.raises(RuleViolation) as refused:
        tickets.resolve(ctx, ticket.id, SOLVED, version=ticket.version)
    assert refused.value.params["missing"] == ("resolution_code",)

    done = tickets.resolve(ctx, ticket.id, replace(SOLVED, resolution_code="remote"), version=ticket.version)
    assert ticket_queries.ticket_detail(ctx, done.id).ticket.status is TicketStatus.RESOLVED


def test_closing_asks_for_what_the_category_demands_then(ctx):
    category_id = add(ctx, demanding((Gate.CLOSE, ("location",))))
    ticket = tickets.create_ticket(ctx, call(category_id))
    solved = tickets.resolve(ctx, ticket.id, SOLVED, version=ticket.version)

    with pytest.raises(RuleViolation) as refused:
        tickets.confirm_and_close(ctx, ticket.id, version=solved.version, channel=Channel.PHONE)

    assert refused.value.params["missing"] == ("location",)


def test_a_ticket_tells_what_each_gate_demands_of_it(ctx):
    category_id = add(ctx, demanding((Gate.RESOLVE, ("location",))))
    ticket = tickets.create_ticket(ctx, call(category_id))

    demands = ticket_queries.ticket_detail(ctx, ticket.id).demands

    assert (demands[Gate.RESOLVE], demands[Gate.CLOSE]) == (("location",), ())


def test_a_service_keeps_what_is_usual_for_it(ctx):
    mail = ServiceDetails("mail", "Mail", default_impact=3, default_urgency=2, handling_minutes=10)

    commands.add_service(ctx, mail)

    assert [service.details for service in queries.services(ctx)] == [mail]


def test_the_catalogue_says_politely_what_a_ticket_is_refused_with(ctx, make):
    category_id = add(
        ctx, demanding(is_in_scope=False, refusal_text="Ask\nfacilities.", refusal_text_alt="请找后勤。")
    )
    inner = add(ctx, CategoryDetails("TNR", "Toner"), category_id)
    tv = make.service(is_in_scope=False, refusal_text="Call the shop.")
    by_category, by_service = make.ticket(category_id=inner), make.ticket(category_id=inner, service_id=tv)
    served = make.ticket()

    said = [form_queries.polite_refusal(ctx, one.id) for one in (by_category, by_service, served)]

    assert said == ["Ask facilities.", "Call the shop.", ""]
    assert form_queries.polite_refusal(replace(ctx, language="zh_CN"), by_category.id) == "请找后勤。"
