"""Every reason a fill can give has its words, with the figures in them, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.filled import FillCode, FillResult, FillStatus, ScoreLine, Trouble
from app.models.entities.filling import FillMeasure, FillRule, Instance
from app.views.base.format import Format
from app.views.base.i18n import current
from app.views.roster.filling_words import MEASURES, RULE_TITLES, FillingWords, FillNames

ON = date(2026, 12, 12)
NAMES = FillNames({7: "Li Na"}, {1: "Night"}, {3: "First line"}, {5: "Oracle"})


@pytest.fixture(params=["en", "zh_CN"])
def words(request: pytest.FixtureRequest) -> Iterator[FillingWords]:
    """The words in each language; English again afterwards."""
    current.use(request.param)
    yield FillingWords(Format(current.texts, ZoneInfo("Asia/Shanghai")), NAMES)
    current.use("en")


def trouble(rule, code=FillCode.RULE, found=3, allowed=2):
    return Trouble(code, ON, ON, found, allowed, Instance(rule, ON, 7, 1, 3, 5), 1, 3, 5)


@pytest.mark.parametrize("rule", FillRule)
def test_every_rule_has_its_sentences(words, rule):
    said = (words.reason(trouble(rule)), words.giving_way(trouble(rule)), str(RULE_TITLES[rule]))

    assert all(said)
    assert "{" not in "".join(said)


@pytest.mark.parametrize("code", [code for code in FillCode if code is not FillCode.RULE])
def test_every_reason_by_counting_has_its_sentence(words, code):
    said = words.reason(trouble(FillRule.COVERAGE, code))

    assert said
    assert "{" not in said


def test_hours_by_counting_are_said_in_hours(words):
    said = words.reason(trouble(FillRule.WEEK_HOURS, FillCode.TOO_FEW_HOURS, found=7200, allowed=10080))

    assert ("120" in said, "168" in said) == (True, True)


@pytest.mark.parametrize("measure", FillMeasure)
def test_every_measure_is_said_with_its_amount(words, measure):
    assert words.score(ScoreLine(measure, 12, 36)).endswith("12")
    assert measure in MEASURES


@pytest.mark.parametrize("status", FillStatus)
def test_every_end_is_said(words, status):
    cost = None if status in {FillStatus.INFEASIBLE, FillStatus.UNKNOWN} else 10
    result = FillResult(status, {}, (), (), (), cost, 5, None if cost is None else 0.5, 1, 1.0, 0.1)

    assert words.ended(result)


def test_rest_is_said_in_hours(words):
    assert "11" in words.reason(trouble(FillRule.REST, found=600, allowed=660))
