"""Cheap password hashes, for tests that are about everything but their cost."""

from __future__ import annotations

import pytest

from app.services.access import passwords


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a hash take a millisecond instead of fifty, in every test of a module that imports this."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)
    monkeypatch.setattr(passwords, "ROUNDS", 1)
    monkeypatch.setattr(passwords, "LANES", 1)
