"""Instants as the databases store them: whole microseconds since 1970 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

# Sorts behind every real instant; stands where an order needs a value and there is no due time.
FAR_FUTURE_MICROS = 9_000_000_000_000_000


def to_micros(instant: datetime) -> int:
    """Return microseconds since 1970 UTC of an aware instant; a naive one raises ValueError."""
    if instant.tzinfo is None:
        raise ValueError("an instant must carry its time zone")
    return (instant - EPOCH) // _MICROSECOND


def to_micros_or_none(instant: datetime | None) -> int | None:
    """As `to_micros`, passing None through."""
    return None if instant is None else to_micros(instant)


def from_micros(micros: int) -> datetime:
    """Return the aware UTC instant of stored microseconds."""
    return EPOCH + timedelta(microseconds=micros)


def from_micros_or_none(micros: int | None) -> datetime | None:
    """As `from_micros`, passing None through."""
    return None if micros is None else EPOCH + timedelta(microseconds=micros)
