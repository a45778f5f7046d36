"""What was found out about a file by reading it, remembered between runs while the file stays as it is.

Reading every source of the project takes half a minute, and hardly any of them changes between two runs. A
finding is kept by the content of the file it is about and of the modules that made it: a changed file is read
again, and after a change of a rule all of them are.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).resolve().parents[2]
MEMORY = ROOT / ".pytest_cache" / "firstline"


class Look(Protocol):
    """A function from a path below the root and a text to something JSON can hold; it knows nothing else."""

    __code__: Any
    __qualname__: str

    def __call__(self, path: str, text: str, /) -> Any:
        """Say what there is to find."""


def findings(
    name: str, files: Iterable[Path], look: Look, root: Path = ROOT, memory: Path = MEMORY
) -> dict[str, Any]:
    """Return what `look` finds in each of the files below `root`, by path; each kind has a name."""
    kept = memory / f"{name}.json"
    makers = _makers(look)
    known, found, fresh = _load(kept), {}, False
    for file in files:
        path, content = file.relative_to(root).as_posix(), file.read_bytes()
        key = sha256(b"\0".join((makers, path.encode(), content))).hexdigest()
        if key not in known:
            known[key], fresh = _plain(look(path, content.decode("utf-8"))), True
        found[path] = (key, known[key])
    if fresh:
        _keep(kept, dict(found.values()))
    return {path: finding for path, (_key, finding) in found.items()}


@cache
def _makers(look: Look) -> bytes:
    """Return a mark of everything a finding depends on besides the file: who looks, and by which rules."""
    mark = sha256(f"{sys.version} {look.__module__}.{look.__qualname__}".encode())
    rules = (ROOT / "tests" / "conventions").glob("*.py")
    for file in sorted({*rules, Path(__file__), Path(look.__code__.co_filename)}):
        mark.update(file.read_bytes())
    return mark.digest()


def _plain(finding: Any) -> Any:
    """Return a finding as it will come back from the disk, so that the first run sees what later ones see."""
    return json.loads(json.dumps(finding))


def _load(kept: Path) -> dict[str, Any]:
    try:
        known = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # never made, or damaged: it is made again
    return known if isinstance(known, dict) else {}


def _keep(kept: Path, known: dict[str, Any]) -> None:
    """Replace the file in one step: several processes of one run may do so at once."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=kept.parent, delete=False) as new:
            json.dump(known, new)
        Path(new.name).replace(kept)
    except OSError:
        return  # a tree that cannot be written to is read in full each time
