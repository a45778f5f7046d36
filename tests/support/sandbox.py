"""Keeps a test run away from the person's own preferences, passwords and screen.

Imported by the top conftest before anything else: libraries read these settings when they are imported.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

_FOLDER = "FIRSTLINE_TEST_FOLDER"  # how the processes of one parallel run find the folder of the first
_SCREEN = {"x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


def set_up_sandbox() -> Path:
    """Point every personal folder into a new temporary folder, and Qt at a screen of 1920 x 1080.

    Returns the folder; the worker processes of a parallel run share that of the process that
    started them. A platform other than "offscreen" in QT_QPA_PLATFORM is respected: so the smoke tests
    get a real window.
    """
    inherited = os.environ.get(_FOLDER)
    if inherited:
        return Path(inherited)
    folder = Path(tempfile.mkdtemp(prefix="firstline-tests-"))
    os.environ[_FOLDER] = str(folder)
    for variable, name in _personal_folders().items():
        place = folder / name
        place.mkdir(mode=0o700, exist_ok=True)
        os.environ[variable] = str(place)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if os.environ["QT_QPA_PLATFORM"] == "offscreen":
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_screen_file(folder)}"
    for scaling in ("QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_STYLE_OVERRIDE"):
        os.environ.pop(scaling, None)
    return folder


def tear_down_sandbox(folder: Path) -> None:
    """Remove the folder that `set_up_sandbox` returned. What is still open stays; the system sweeps it."""
    shutil.rmtree(folder, ignore_errors=True)


def _personal_folders() -> dict[str, str]:
    if sys.platform == "win32":  # platformdirs' own way to redirect Windows' known folders
        return {
            "WIN_PD_OVERRIDE_APPDATA": "roaming",
            "WIN_PD_OVERRIDE_LOCAL_APPDATA": "local",
            "WIN_PD_OVERRIDE_PERSONAL": "documents",
        }
    return {
        "XDG_RUNTIME_DIR": "runtime",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_STATE_HOME": "state",
        "XDG_CACHE_HOME": "cache",
    }


def _screen_file(folder: Path) -> Path:
    """Qt's off-screen platform has a screen of 800 x 800 unless a file describes another."""
    file = folder / "screen.json"
    file.write_text(json.dumps({"screens": [{"name": "test", **_SCREEN}]}), encoding="utf-8")
    return file
