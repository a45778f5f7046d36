"""Every public function of a service says which permission it needs, and only ones that exist.

Public is what takes a context. What takes a reader or a transaction instead runs inside somebody's command
or query, whose permission was asked for; a rule keeps everybody else from opening the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pathlib import PurePosixPath
from types import FunctionType, ModuleType

from app.services.base.command import declared_permission
from app.services.base.permissions import ALL_PERMISSIONS, ANYBODY
from tests.conventions.sources import all_sources


def service_modules() -> Iterator[ModuleType]:
    """The modules of commands and queries; a feature too large for one has `<part>_commands.py` beside it."""
    for source in all_sources():
        stem = source.name.removesuffix(".py")
        is_ours = stem.startswith(("commands", "queries")) or stem.endswith(("commands", "queries"))
        if source.path.startswith("app/services/") and is_ours:
            yield import_module(".".join(PurePosixPath(source.path).with_suffix("").parts))


def public_functions() -> Iterator[tuple[str, FunctionType]]:
    """Each public function of these modules, by its full name."""
    for module in service_modules():
        for name, function in getmembers(module, isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", function


def takes_context(function: FunctionType) -> bool:
    """Whether it could be called from outside a transaction."""
    return "Context" in {parameter.annotation for parameter in signature(function).parameters.values()}


def test_every_public_function_of_a_service_declares_a_permission() -> None:
    silent = [
        name
        for name, function in public_functions()
        if takes_context(function) and not declared_permission(function)
    ]

    assert not silent, "wear @command(permission=...) or @query(permission=...)"


def test_declared_permissions_exist() -> None:
    unknown = {
        name: declared_permission(function)
        for name, function in public_functions()
        if declared_permission(function) not in ALL_PERMISSIONS | {ANYBODY, None}
    }

    assert not unknown, "add it to app/services/base/permissions.py, with its recipe"


def test_permissions_are_named_feature_and_verb() -> None:
    odd = [name for name in ALL_PERMISSIONS if name.count(".") != 1 or name != name.lower()]

    assert not odd
