"""The sample set-up for tests of settings pages, and a page shown on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pytestqt.qtbot import QtBot

from app.models.entities.settings import SiteChoices
from app.services.base.context import Actor, Context
from app.services.setup import first_start
from app.views.base.pages import PageEnv
from app.views.settings.frame import SettingsPane

P = TypeVar("P", bound=SettingsPane)


def sample_site(ctx: Context) -> Context:
    """Write the sample set-up, without an administrator, and return the context."""
    first_start.set_up(ctx, SiteChoices("Huaxin service desk", "华信服务台"))
    return ctx


def only_with(ctx: Context, *permissions: str) -> Context:
    """Return the context of somebody who may no more than this."""
    return ctx.acting_as(Actor(None, "Reader", frozenset(permissions), "pc"))


def shown_pane(qtbot: QtBot, make: Callable[[Context, PageEnv], P], ctx: Context, env: PageEnv) -> P:
    """Build a page, show it in the room of a small window and let it read."""
    pane = make(ctx, env)
    qtbot.addWidget(pane)
    pane.resize(940, 560)
    pane.show()
    pane.refresh()
    return pane
