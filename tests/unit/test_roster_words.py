"""Broken rules in a few words: each has its name in both languages, and its figures are readable."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.entities.roster import BrokenRule, Severity, Violation
from app.services.base.texts import Texts
from app.services.roster.words import SEVERITIES, TITLES, figures, title


def broken(rule, found=1, allowed=0):
    return Violation(rule, date(2026, 4, 1), 1, 1, found, allowed)


@pytest.mark.parametrize("rule", list(BrokenRule))
def test_every_rule_has_its_name_in_both_languages(rule):
    assert title(Texts("zh_CN"), broken(rule)) != title(Texts("en"), broken(rule)) == TITLES[rule]


@pytest.mark.parametrize("severity", list(Severity))
def test_every_weight_has_its_word_in_both_languages(severity):
    assert Texts("zh_CN").gettext(SEVERITIES[severity]) != SEVERITIES[severity]


@pytest.mark.parametrize(
    ("violation", "said"),
    [
        (broken(BrokenRule.REST, 570, 660), "9.5 h, limit 11 h"),
        (broken(BrokenRule.HOURS_MONTH, 12_240, 12_000), "204 h, limit 200 h"),
        (broken(BrokenRule.NIGHTS_IN_A_ROW, 3, 2), "3, limit 2"),
        (broken(BrokenRule.GAP, 1, 2), "1 of 2"),
        (broken(BrokenRule.TWO_SUPERVISORS, 2, 1), "2, limit 1"),
        (broken(BrokenRule.LEAVE), ""),
    ],
)
def test_figures_are_said_in_what_the_rule_counts(violation, said):
    assert figures(Texts("en"), violation) == said
