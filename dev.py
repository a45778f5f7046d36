"""A newcomer's commands: set up the project's own environment, show the demo, run every test.

Standard library only, Linux and Windows, Python 3.11 or newer:

    python3 dev.py demo      open Firstline on a throw-away demo site
    python3 dev.py test      run every check and every test, on SQLite and on PostgreSQL
    python3 dev.py setup     only make the environment

Nothing is installed outside the environment but, as root on Debian or Ubuntu, the system libraries
that Qt needs; anybody else is shown the one apt command.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
CONSTRAINTS = ROOT / "constraints.txt"
PYPROJECT = ROOT / "pyproject.toml"
ATTEMPTS = 3
READY = ".firstline-ready"  # written last: an environment without it was interrupted and is made again

# Bare Debian's python3 cannot make environments; PyInstaller wants objdump; pip wants certificates.
TOOL_PACKAGES = ("python3-venv", "ca-certificates", "binutils")
OFFSCREEN_PACKAGES = (
    "libglib2.0-0",
    "libdbus-1-3",
    "libegl1",
    "libgl1",
    "libfontconfig1",
    "libxkbcommon0",
)
WINDOW_PACKAGES = (
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-image0",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
)
XSERVER_PACKAGES = ("xvfb", "xauth")


class CannotGoOn(Exception):
    """Something is missing that this script cannot supply; the text says what to do about it."""


@dataclass(frozen=True)
class Environment:
    """The project's virtual environment: where it is and how to run something in it."""

    folder: Path

    @property
    def programs(self) -> Path:
        """The folder of the environment's commands, which Windows names differently."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        return self.programs / ("python.exe" if os.name == "nt" else "python")

    def run(self, command: Iterable[str], **settings: str) -> int:
        """Run `command` in the tree with the environment first on the path; return its exit code.

        `settings` are added to the process environment. The output goes straight to the person.
        """
        process = dict(os.environ)
        process.pop("PYTHONHOME", None)
        process.update(
            VIRTUAL_ENV=str(self.folder),
            PATH=os.pathsep.join((str(self.programs), process.get("PATH", ""))),
            PYTHONUTF8="1",
        )
        process.update(settings)
        return subprocess.run(list(command), cwd=ROOT, env=process, check=False).returncode

    def run_python(self, *arguments: str, **settings: str) -> int:
        return self.run((str(self.python), *arguments), **settings)


def say(text: str) -> None:
    """Tell the person what is happening, at once even where the output is a file."""
    print(f"[firstline] {text}", flush=True)


def minutes_since(start: float) -> str:
    return f"{(time.monotonic() - start) / 60:.1f} min"


# --- what the system must have -------------------------------------------------------------------


def is_root() -> bool:
    """Whether this is the administrator of a POSIX system; never true on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if platform.system() != "Linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def installed_packages() -> frozenset[str]:
    """The names of the installed Debian packages, without their architecture."""
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Abbrev}${Package}\n"],
        capture_output=True,
        text=True,
        check=True,
    )
    return frozenset(line[3:] for line in answer.stdout.splitlines() if line.startswith("ii "))


def missing_packages(wanted: Iterable[str], installed: frozenset[str]) -> list[str]:
    """What of `wanted` is not installed; newer releases append "t64" to some library names."""
    return [name for name in wanted if name not in installed and f"{name}t64" not in installed]


def require_system_packages(wanted: Iterable[str]) -> None:
    """Install the missing system packages as root, or say which command installs them.

    Raises:
        CannotGoOn: packages are missing and this account may not install them, or apt failed.
    """
    if platform.system() != "Linux":
        return
    if shutil.which("dpkg-query") is None:
        say(
            "Not a Debian or Ubuntu system: if Qt does not start, install what your system calls "
            "libegl, libxkbcommon, libfontconfig, libdbus and xcb-util-cursor."
        )
        return
    missing = missing_packages(wanted, installed_packages())
    if not missing:
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if not is_root():
        raise CannotGoOn("System packages are missing. Please run:\n    sudo " + " ".join(install))
    say(f"Installing system packages: {' '.join(missing)}")
    started = time.monotonic()
    retry("apt-get", lambda: install_with_apt(install))
    say(f"System packages installed in {minutes_since(started)}.")


def install_with_apt(install: list[str]) -> None:
    process = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_quietly(["apt-get", "update"], process)
    run_quietly(install, process)


# --- running other programs ----------------------------------------------------------------------


def run_quietly(command: list[str], process: Mapping[str, str] | None = None) -> None:
    """Run `command` and show its output only if it fails.

    Raises:
        CannotGoOn: it exited non-zero; the text holds the end of what it said.
    """
    answer = subprocess.run(
        command,
        cwd=ROOT,
        env=process,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if answer.returncode != 0:
        told = "\n".join(answer.stdout.splitlines()[-30:])
        raise CannotGoOn(f"'{' '.join(command)}' failed:\n{told}")


def retry(name: str, action: Callable[[], None]) -> None:
    """Do `action`, again after a pause where it failed: a network often answers the second time."""
    for attempt in range(1, ATTEMPTS):
        try:
            return action()
        except CannotGoOn as error:
            say(f"{error}\n{name}: attempt {attempt} of {ATTEMPTS} failed, trying again.")
            time.sleep(5 * attempt)
    return action()


# --- the environment -----------------------------------------------------------------------------


def requirements() -> list[str]:
    """What the program and its tests need, as pyproject.toml lists it."""
    import tomllib  # noqa: PLC0415 - older Pythons must get as far as the sentence about their age

    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["dev"]]


def fingerprint() -> str:
    """Changes when the dependencies or the interpreter do, so that no environment grows stale."""
    place = "" if is_root() else str(ROOT)  # an environment inside the tree does not survive a move
    constraints = CONSTRAINTS.read_text(encoding="utf-8")
    parts = [*requirements(), constraints, platform.python_version(), sys.base_prefix, place]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def environment_folder() -> Path:
    """Where the environment lives.

    Root's is outside every home folder: the test server, started as root, makes all folders above
    its program readable to everybody, which a home folder must not become.

    Raises:
        CannotGoOn: the folder exists and belongs to another account.
    """
    if not is_root():
        return ROOT / ".venv"
    shared = Path(f"/var/tmp/firstline-{os.geteuid()}")
    shared.mkdir(mode=0o755, exist_ok=True)
    if shared.is_symlink() or shared.stat().st_uid != os.geteuid():
        raise CannotGoOn(f"{shared} belongs to another account. Remove it, then try again.")
    return shared / f"env-{fingerprint()}"


def ready_environment(packages: Iterable[str]) -> Environment:
    """Return the environment with everything installed, making it where needed.

    Raises:
        CannotGoOn: something is missing that only the person can supply.
    """
    require_system_packages(packages)
    environment = Environment(environment_folder())
    mark = environment.folder / READY
    if mark.is_file() and mark.read_text(encoding="utf-8") == fingerprint():
        return environment
    started = time.monotonic()
    say(f"Making the environment in {environment.folder} (once, some minutes).")
    make_environment(environment)
    retry("pip", lambda: install_requirements(environment))
    mark.write_text(fingerprint(), encoding="utf-8")
    say(f"Environment ready in {minutes_since(started)}.")
    return environment


def make_environment(environment: Environment) -> None:
    """Make an empty environment in place of whatever is there.

    Raises:
        CannotGoOn: this Python has no `ensurepip`, or the folder cannot be written.
    """
    try:
        venv.create(environment.folder, clear=True, with_pip=True, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, OSError) as error:
        raise CannotGoOn(
            f"Python could not make an environment in {environment.folder}: {error}\n"
            "On Debian and Ubuntu the package python3-venv must be installed, and the folder writable."
        ) from error


def install_requirements(environment: Environment) -> None:
    pip = [str(environment.python), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    wanted = requirements()
    say(f"Installing {len(wanted)} packages and what they need ...")
    run_quietly([*pip, "install", "--upgrade", "pip"])
    run_quietly([*pip, "install", "--constraint", str(CONSTRAINTS), *wanted])


# --- the commands --------------------------------------------------------------------------------


def run_setup() -> int:
    environment = ready_environment(
        (*TOOL_PACKAGES, *OFFSCREEN_PACKAGES, *WINDOW_PACKAGES, *XSERVER_PACKAGES)
    )
    say(f"Ready. Run things with {environment.python}")
    return 0


def run_demo(database: str | None) -> int:
    """Open the demo, or walk through it off-screen where nothing can be shown."""
    seen = has_screen()
    environment = ready_environment((*TOOL_PACKAGES, *OFFSCREEN_PACKAGES, *(WINDOW_PACKAGES if seen else ())))
    chosen = () if database is None else ("--database", database)
    if seen:
        say("Opening the demo. Close its window to end.")
        return environment.run_python("main.py", "demo", *chosen)
    folder = ROOT / "demo-out"
    say("No screen here: walking through the main job off-screen instead.")
    code = environment.run_python(
        "main.py", "demo", "--offscreen", "--out", str(folder), *chosen, QT_QPA_PLATFORM="offscreen"
    )
    if code == 0:
        say(f"Pictures and the shift report are in {folder}")
    return code


def check_steps(environment: Environment) -> list[tuple[str, list[str]]]:
    """The checks that read the source and run nothing of it, in the order of what fails fastest."""
    python = str(environment.python)
    imports = environment.programs / ("lint-imports.exe" if os.name == "nt" else "lint-imports")
    return [
        ("format", [python, "-m", "ruff", "format", "--check", "."]),
        ("lint", [python, "-m", "ruff", "check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("imports", [str(imports)]),
        ("strings", [python, "-m", "tests.support.strings", "--check"]),
    ]


def test_steps(environment: Environment) -> list[tuple[str, list[str]]]:
    """All tests off-screen, then the smoke tests once more in a real window."""
    pytest = [str(environment.python), "-m", "pytest", "-q"]
    window = [*pytest, "-n", "0", "-m", "smoke"]
    if platform.system() == "Linux":
        window = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1920x1080x24", *window]
    workers = str(max(2, min(4, os.cpu_count() or 2)))
    # A worker that is done takes over what another has not begun: a few slow tests would hold up the end.
    everything = [*pytest, "-n", workers, "--dist", "worksteal", "--durations", "10"]
    return [("tests", everything), ("smoke tests in a real window", window)]


def window_platform() -> str:
    """The Qt platform that draws real windows on this system."""
    return {"Windows": "windows", "Darwin": "cocoa"}.get(platform.system(), "xcb")


def run_test(quick: bool) -> int:
    """Run the checks and the tests, and stop at the first step that fails."""
    started = time.monotonic()
    environment = ready_environment(
        (*TOOL_PACKAGES, *OFFSCREEN_PACKAGES, *WINDOW_PACKAGES, *XSERVER_PACKAGES)
    )
    steps = check_steps(environment)
    if quick:
        fast = ["-m", "pytest", "-q", "tests/unit", "tests/conventions"]
        steps.append(("quick tests", [str(environment.python), *fast]))
    else:
        steps += test_steps(environment)
    for name, command in steps:
        say(f"{name} ...")
        began = time.monotonic()
        shown = window_platform() if "real window" in name else "offscreen"
        code = environment.run(command, QT_QPA_PLATFORM=shown)
        if code != 0:
            say(f"{name}: failed after {minutes_since(began)}. Nothing after it was run.")
            return code
        say(f"{name}: passed in {minutes_since(began)}.")
    say(f"Everything passed in {minutes_since(started)}.")
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Set up, show and test Firstline.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("setup", help="make the project's environment and nothing else")
    demo = commands.add_parser("demo", help="open Firstline on a throw-away demo site")
    demo.add_argument(
        "--database", metavar="URL", help="use this database (sqlite:///path or postgresql://...)"
    )
    test = commands.add_parser("test", help="run every check and every test")
    test.add_argument("--quick", action="store_true", help="only the checks and the tests without a database")
    return parser.parse_args()


def main() -> int:
    """Run the command of the command line; return the exit code, 2 where the person must do something."""
    if sys.version_info < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        say(f"Firstline needs Python {oldest} or newer; this is {platform.python_version()}.")
        return 2
    arguments = parse_arguments()
    try:
        if arguments.command == "demo":
            return run_demo(arguments.database)
        if arguments.command == "test":
            return run_test(arguments.quick)
        return run_setup()
    except CannotGoOn as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
