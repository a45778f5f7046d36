"""The settings pages as data, in the order of the tree; how to add one stands in `frame.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from app.services.base.context import Actor, Context
from app.services.search.tokens import fold_text
from app.views.base.i18n import N_
from app.views.base.pages import PageEnv
from app.views.settings.frame import PaneEntry, SettingsPane

ORGANISATION = N_("Organisation")
SERVICE_LEVELS = N_("Service levels")
TICKETS = N_("Tickets")
SYSTEM = N_("System")
