"""Whether another database can be used, found out before anybody relies on it. Nothing in it is changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from app.models.entities.errors import StoreRefused, StoreUnavailable
from app.models.schema import SchemaState
from app.models.store import Store
from app.services.base.processes import in_process
from app.services.base.progress import Progress
from app.services.store_care.addresses import shown_address

_DRIVER = "psycopg"


@dataclass(frozen=True, slots=True)
class Tried:
    """A database that answered and may be used. `state` is neither newer nor foreign."""

    url: str
    state: SchemaState


def try_database(url: str, progress: Progress) -> Tried:
    """Reach a database; `url` comes from `usable_address`, so it holds no password.

    A program that began with a SQLite file has no PostgreSQL driver in it: another process tries then.

    Raises:
        StoreUnavailable: `store.no_answer`, `store.cannot_open`, `store.sign_in_refused` and its like.
        StoreRefused: `store.newer`, `store.foreign`; it must not be used by this program.
        Cancelled: the person gave up waiting.
    """
    job = partial(_reach, url)
    has_driver = sys.modules.get(_DRIVER, sys) is not None
    if has_driver or url.startswith("sqlite:"):
        return job(progress)
    return in_process(job)(progress)


@contextmanager
def reaching(url: str) -> Iterator[None]:
    """Say of a database that never answered, as `store.no_answer`, where nothing could be lost yet."""
    try:
        yield
    except StoreUnavailable as error:
        if error.code != "store.lost":
            raise
        raise StoreUnavailable("store.no_answer", address=shown_address(url)) from error


def _reach(url: str, progress: Progress) -> Tried:
    progress.report(0, 1)
    store = Store(url)
    try:
        with reaching(url):
            state = store.state()
    finally:
        store.release()
    progress.report(1, 1)
    if state is SchemaState.NEWER:
        raise StoreRefused("store.newer")
    if state is SchemaState.FOREIGN:
        raise StoreRefused("store.foreign")
    return Tried(url, state)
