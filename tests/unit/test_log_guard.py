"""An unexpected warning in the log fails a test; an expected one is required."""

from __future__ import annotations

import logging

import pytest

from tests.support.logs import UnexpectedLog


@pytest.fixture
def guarded() -> tuple[UnexpectedLog, logging.Logger]:
    guard = UnexpectedLog()
    log = logging.Logger("printer")
    log.addHandler(guard)
    return guard, log


def test_a_quiet_log_is_no_complaint(guarded: tuple[UnexpectedLog, logging.Logger]) -> None:
    guard, log = guarded

    log.info("paper loaded")

    assert guard.complaints() == []


def test_an_unexpected_warning_is_a_complaint(guarded: tuple[UnexpectedLog, logging.Logger]) -> None:
    guard, log = guarded

    log.warning("out of %s", "paper")

    assert guard.complaints() == ["unexpected in the log: WARNING printer: out of paper"]


def test_an_expected_warning_is_none(guarded: tuple[UnexpectedLog, logging.Logger]) -> None:
    guard, log = guarded

    guard.expect("out of pa.er")
    log.error("out of paper")

    assert guard.complaints() == []


def test_an_expectation_that_nothing_meets_is_a_complaint(
    guarded: tuple[UnexpectedLog, logging.Logger],
) -> None:
    guard, _ = guarded

    guard.expect("out of ink")

    assert guard.complaints() == ["expected in the log, never seen: out of ink"]
