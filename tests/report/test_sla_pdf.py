"""The printed SLA table: every policy, whom it is for, what it promises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.settings_papers import SlaPaper
from app.models.entities.sla import SlaTable
from app.services.base.texts import Texts
from app.services.reports.sla_page import render_sla
from tests.report.payloads import LONG_CHINESE, PAYLOADS
from tests.report.reading import all_text, foreign_content, page_texts, squeezed
from tests.report.settings_papers import sla_paper


def test_every_policy_says_whom_it_is_for_and_what_it_promises(english: Texts) -> None:
    text = squeezed(all_text(render_sla(sla_paper(), english)))

    for words in (
        "1 VIP faults",
        "Incident · Category: Network 网络, Printing 打印 · Service: Mail 邮件 · Company: Huaxin",
        "VIP requesters",
        "First-line time box",
        "Next update",
        "5 Policy 4",
        "For every ticket that no policy above fits.",
        "Warned at 50, 75, 90 % of the time.",
    ):
        assert squeezed(words) in text
    assert "27h" in text


def test_what_holds_for_all_policies_stands_at_the_end(english: Texts) -> None:
    text = squeezed(all_text(render_sla(sla_paper(), english)))

    assert squeezed("Counts as a response: Registered while talking, A reply to the requester") in text
    assert squeezed("A reopened ticket goes on from the time used before.") in text
    assert squeezed("At 75 % of the time for the resolution the priority rises by 1 step.") in text


def test_it_speaks_chinese(chinese: Texts) -> None:
    text = squeezed(all_text(render_sla(sla_paper(), chinese)))

    for words in ("SLA表", "贵宾故障", "响应", "3工作日", "解决用时达到75%时"):
        assert words in text


def test_a_calendar_that_is_gone_is_named_by_its_code(english: Texts) -> None:
    text = all_text(render_sla(replace(sla_paper(), calendars={}), english))

    assert "24x7" in text


def test_a_table_without_rises_says_nothing_of_them(english: Texts) -> None:
    data = sla_paper()

    text = all_text(render_sla(replace(data, table=replace(data.table, rises=())), english))

    assert "rises by" not in text


def with_every_text(text: str) -> SlaPaper:
    data = sla_paper()
    policies = tuple(
        replace(each, name=text, name_alt=text, companies=frozenset({text})) for each in data.table.policies
    )
    return replace(
        data,
        head=replace(data.head, site=text, desk=text, printed_by=text),
        table=SlaTable(policies),
        calendars={code: replace(each, name=text) for code, each in data.calendars.items()},
        categories=dict.fromkeys(data.categories, text),
        services=dict.fromkeys(data.services, text),
    )


@pytest.mark.parametrize("payload", [*PAYLOADS[::6], LONG_CHINESE], ids=lambda text: ascii(text[:20]))
def test_no_text_can_break_it(payload: str, english: Texts) -> None:
    assert foreign_content(render_sla(with_every_text(payload), english)) == []


def test_a_hundred_policies_run_over_pages(english: Texts) -> None:
    data = sla_paper()
    many = SlaTable(tuple(replace(data.table.policies[1], code=f"p{number}") for number in range(100)))

    assert len(page_texts(render_sla(replace(data, table=many), english))) > 10


def test_the_same_table_gives_the_same_bytes(texts: Texts) -> None:
    assert render_sla(sla_paper(), texts) == render_sla(sla_paper(), texts)
