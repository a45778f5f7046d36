"""Where the program's own read-only files are, in the source tree and in a frozen program alike."""

from __future__ import annotations

import sys
from pathlib import Path

# app/services/base/resources.py -> the folder that holds app/ and resources/.
_TREE = Path(__file__).resolve().parents[3]


def resource_path(*parts: str) -> Path:
    """Return the path of a file or folder under `resources/`, whether or not it exists.

    A frozen program carries `resources/` in the folder its loader names `sys._MEIPASS`.
    """
    frozen_folder: str | None = getattr(sys, "_MEIPASS", None)
    root = Path(frozen_folder) if frozen_folder else _TREE
    return root.joinpath("resources", *parts)
