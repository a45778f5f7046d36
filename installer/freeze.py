"""`poe freeze`: builds the one-folder program of this system and lets it test itself.

Leaves `dist/Firstline/`. Fails where the build fails, or where the built program's own `selftest` does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SPECIFICATION = ROOT / "installer" / "firstline.spec"
BUILT = ROOT / "dist" / "Firstline"
# A frozen program that finds the tree's modules or the person's preferences proves nothing.
_FOREIGN_SETTINGS = (
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "QT_PLUGIN_PATH",
    "DISPLAY",
    "WAYLAND_DISPLAY",
)


def say(text: str) -> None:
    """Tell the person what is happening."""
    sys.stdout.write(f"[freeze] {text}\n")
    sys.stdout.flush()


def build() -> bool:
    """Build the folder from nothing; return whether that worked, after showing why not."""
    started = time.monotonic()
    shutil.rmtree(BUILT, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="firstline-freeze-") as work:
        places = ["--distpath", str(BUILT.parent), "--workpath", work]
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", *places]
        code = subprocess.run([*command, str(SPECIFICATION)], cwd=ROOT, check=False).returncode
    if code != 0:
        say("PyInstaller failed; what it said is above.")
        return False
    say(f"Built {BUILT} ({megabytes(BUILT)} MB) in {time.monotonic() - started:.0f} s.")
    return True


def megabytes(folder: Path) -> int:
    """The size of all files below `folder`."""
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return round(size / 1_000_000)


def selftest() -> bool:
    """Run the built program's `selftest` off-screen, away from this tree and the person's preferences."""
    suffix = ".exe" if sys.platform == "win32" else ""
    program = BUILT / f"FirstlineConsole{suffix}"
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="firstline-selftest-", ignore_cleanup_errors=True) as empty:
        settings = {name: value for name, value in os.environ.items() if name not in _FOREIGN_SETTINGS}
        settings.update(QT_QPA_PLATFORM="offscreen", PYTHONUTF8="1", **personal_folders(Path(empty)))
        code = subprocess.run([str(program), "selftest"], cwd=empty, env=settings, check=False).returncode
    if code != 0:
        say(f"The built program failed its own selftest (exit code {code}); what it said is above.")
        return False
    say(f"The built program passed its own selftest in {time.monotonic() - started:.0f} s.")
    return True


def personal_folders(folder: Path) -> dict[str, str]:
    """Where the program under test finds its preferences, drafts and caches: nothing, in `folder`."""
    names = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"}
    if sys.platform == "win32":
        names = {"WIN_PD_OVERRIDE_APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"}
    return {name: str(folder) for name in names}


def main() -> int:
    """Build, then test what was built; return how the process ends."""
    return 0 if build() and selftest() else 1


if __name__ == "__main__":
    sys.exit(main())
