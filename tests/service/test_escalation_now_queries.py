"""Who would be told just now, on both databases: the roster first, then whoever may lead."""

from __future__ import annotations

from datetime import timedelta

from app.models.entities.escalation import Recipient
from app.services.escalation.now_queries import recipients_now
from tests.support.site import set_up_site

SUPERVISOR, PROCESS, DESK = (
    Recipient.DUTY_SUPERVISOR,
    Recipient.PROCESS_MANAGER,
    Recipient.DESK_MANAGER,
)


def test_the_roster_names_the_supervisor_and_the_roles_the_managers(ctx, make):
    set_up_site(ctx)
    team = make.team()
    wang = make.agent(name="Wang Fang", name_alt="王芳", teams=(team,))
    make.agent(name="Fang Min", roles=(make.role(code="process_manager"),))
    day = make.shift_template("X", start_minute=0, duration_minute=24 * 60)
    today = (ctx.clock.now() + timedelta(hours=8)).date()
    make.assignment(wang, today, day, is_supervisor=True)

    found = recipients_now(ctx)

    assert found.is_led
    assert found.names == {SUPERVISOR: ("Wang Fang",), PROCESS: ("Fang Min",), DESK: ()}
    assert recipients_now(ctx.reading("zh_CN")).names[SUPERVISOR] == ("王芳",)


def test_where_nobody_leads_all_who_may_are_told_in_order(ctx, make):
    set_up_site(ctx)
    may_lead = make.role(code="duty_supervisor")
    make.agent(name="Wang Fang", roles=(may_lead,))
    make.agent(name="Li Na", roles=(may_lead,))
    make.agent(name="Zhao Lei", roles=(may_lead,), is_active=False)

    found = recipients_now(ctx)

    assert not found.is_led
    assert found.names[SUPERVISOR] == ("Li Na", "Wang Fang")


def test_a_site_without_anybody_names_nobody(ctx):
    set_up_site(ctx)

    found = recipients_now(ctx)

    assert found.names == {SUPERVISOR: (), PROCESS: (), DESK: ()}
    assert not found.is_led
