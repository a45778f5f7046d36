"""Damages documents and files as crashes, other programs and people with an editor do; the same each time."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

# What stands where something else was meant.
WRONG = (
    None, True, False, 0, -1, 1.5, 10**30, -(10**18), float("nan"), float("inf"), "", " ", "x", "P1", "None",
    "08:00", "2026-02-30", "0001-01-01T00:00:00", "9999-12-31T23:59:59+14:00", "99999999999 h", "1 d 1 d",
    "\ud800", "\0", "../../etc", "Mars/Olympus", "<b>", "'; --", "W" * 5_000, [], {}, [[]], [None], {"": ""},
    {"level": "1"}, [["08:00"]], [["12:00", "08:00"], ["08:00", "12:00"]],
)  # fmt: skip


def damaged(document: Any, count: int, seed: int = 11) -> Iterator[Any]:
    """Yield `count` copies of a JSON document, up to three parts of each lost, doubled or of another kind."""
    seeded = random.Random(seed)
    for _ in range(count):
        # In a list, so that the document as a whole can be something else too.
        holder = [copy.deepcopy(document)]
        for _ in range(seeded.randint(1, 3)):
            _damage(holder, seeded)
        yield holder[0] if holder else None


def damaged_bytes(content: bytes, count: int, seed: int = 12) -> Iterator[bytes]:
    """Yield `count` copies of a file: cut short, with bytes changed, repeated, or full of something else."""
    seeded = random.Random(seed)
    for at in range(count):
        harm = at % 5
        place = seeded.randrange(len(content) + 1)
        if harm == 0:
            yield content[:place]
        elif harm == 1:
            yield content[:place] + seeded.randbytes(seeded.randint(1, 40)) + content[place:]
        elif harm == 2:
            yield bytes(byte ^ (seeded.random() < 0.02 and seeded.randrange(256)) for byte in content)
        elif harm == 3:
            yield seeded.choice((b"", b"\0" * 4096, b"[" * 200_000, b"\xff\xfe\xfd", b"null", b"[]", b"7"))
        else:
            yield json.dumps(next(damaged(json.loads(content), 1, seeded.randrange(10**9)))).encode()


def _damage(holder: list[Any], seeded: random.Random) -> None:
    """Change one place somewhere in `holder`, the deeper the more places there are."""
    places = list(_places(holder))
    if not places:
        return
    parent, key = seeded.choice(places)
    harm = seeded.randrange(4)
    if harm == 0:
        del parent[key]
    elif harm == 1 and isinstance(parent, dict):
        parent[f"{key}x"] = parent[key]
    elif harm == 1:
        parent.append(copy.deepcopy(parent[key]))
    else:
        parent[key] = copy.deepcopy(seeded.choice(WRONG))


def _places(part: Any) -> Iterator[tuple[Any, Any]]:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in list(inner):
        yield part, key
        yield from _places(value)
