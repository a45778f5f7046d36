"""Fixtures for report tests: the texts of each language."""

from __future__ import annotations

import pytest

from app.services.base.texts import LANGUAGES, Texts


@pytest.fixture(scope="session")
def english() -> Texts:
    """The language of the source."""
    return Texts("en")


@pytest.fixture(scope="session")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Texts:
    """Simplified Chinese, compiled from the catalogues as they are now."""
    return Texts("zh_CN", cache_folder=tmp_path_factory.mktemp("i18n"))


@pytest.fixture(params=LANGUAGES)
def texts(request: pytest.FixtureRequest, english: Texts, chinese: Texts) -> Texts:
    """Each language in turn."""
    return english if request.param == english.language else chinese
