"""Where the program's own files lie: icons, fonts, the style sheet."""

from __future__ import annotations

from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
"""The `resources` folder, beside `app` in the tree and in the built program alike."""
