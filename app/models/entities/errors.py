"""Every error a person may be told about. Each carries a code and parameters, never a sentence."""

from __future__ import annotations


class FirstlineError(Exception):
    """Something expected went wrong; `code` names it, `params` fill the sentence shown to the person.

    The sentences (what happened, what was kept, what to do) live in `app/views/base/errors.py`.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        if not self.params:
            return self.code
        return f"{self.code} ({', '.join(f'{key}={value}' for key, value in self.params.items())})"


class RuleViolation(FirstlineError):
    """The desk's rules refuse this action as asked; nothing was changed."""


class BadInput(FirstlineError):
    """A text, a file or an address cannot be read as what it should be; nothing was changed."""


class NotFound(FirstlineError):
    """The record does not exist, or not any more."""


class NotAllowed(FirstlineError):
    """The actor lacks a permission. `params`: permission, and who (names of people who may)."""


class StaleRecord(FirstlineError):
    """Somebody saved the record since it was read. `params`: entity, id."""

    def __init__(self, entity: str, record_id: int, **params: object) -> None:
        super().__init__("store.stale", entity=entity, id=record_id, **params)


class StoreUnavailable(FirstlineError):
    """The world's fault: database locked, lost, full or read-only. Retry or tell; nothing was saved."""


class StoreRefused(FirstlineError):
    """This file or server must not be used by this program (too new, foreign, damaged, not locking)."""


class NeverOpen(FirstlineError):
    """A calendar offers no working time for so long that it must be a set-up mistake."""


class NeverDue(FirstlineError):
    """A pause without end begins before the allowed time is used up."""


class MergeNeeded(StaleRecord):
    """Somebody changed the very fields I changed. `params["conflicts"]` holds the `FieldConflict`s.

    Nothing was saved; `params["version"]` is the version to save over once the person has chosen.
    """
