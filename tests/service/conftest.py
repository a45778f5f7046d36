"""Doubles every test here that touches a database: once on SQLite, once on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.support.databases import Databases


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Where this test's databases come from. PostgreSQL starts with the first test that needs it."""
    return request.getfixturevalue(f"{request.param}_databases")
