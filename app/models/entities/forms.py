"""Reading parts of a JSON document that anybody may have edited: the kind is checked before the value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class WrongKind(ValueError):
    """A part of a document is of another kind than its reader needs; the text is how the part begins.

    Whoever reads the document turns it into the BadInput that names it.
    """

    def __init__(self, value: object) -> None:
        super().__init__(str(value)[:60])


def mapping_in(value: object) -> Mapping[str, Any]:
    """Return `value` if it is a mapping, else raise WrongKind."""
    if not isinstance(value, Mapping):
        raise WrongKind(value)
    return value


def list_in(value: object) -> Sequence[Any]:
    """Return `value` if it is a list (or a tuple), else raise WrongKind."""
    if not isinstance(value, list | tuple):
        raise WrongKind(value)
    return value


def number_in(value: object) -> int:
    """Return `value` if it is a whole number that a database column holds, else raise WrongKind."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**31:
        raise WrongKind(value)
    return value


def text_in(value: object) -> str:
    """Return `value` if it is a text, else raise WrongKind."""
    if not isinstance(value, str):
        raise WrongKind(value)
    return value
