"""`demo`, `shots`, `selftest`: commands that show the window; only the words of the line are read here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.env import Env


def register(commands: Any) -> None:
    """Add the three commands."""
    demo = commands.add_parser("demo", help="open the window on a throw-away demo site")
    _add_site(demo)
    demo.add_argument("--offscreen", action="store_true", help="walk through the main job without a screen")
    demo.add_argument("--out", type=Path, default=Path("demo-out"), help="where the walk leaves its pictures")
    demo.add_argument("--make-only", action="store_true", help="make the site and show nothing")
    shots = commands.add_parser("shots", help="write a picture of every page, language and theme")
    _add_site(shots)
    shots.add_argument("out", type=Path, metavar="OUT", help="the folder for the pictures")
    shots.add_argument("--only", default="", metavar="NAME", help="only pictures whose name begins so")
    selftest = commands.add_parser("selftest", help="open every page off-screen and report what works")
    _add_site(selftest)
    selftest.add_argument("--out", type=Path, default=Path("selftest-report.txt"), help="the report's file")


def run(args: argparse.Namespace, env: Env) -> int:
    """Let the window do it."""
    return env.show(args)


def _add_site(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tickets", type=int, default=900, help="how many the demo site has (default: 900)")
    parser.add_argument("--days", type=int, default=30, help="over how many days (default: 30)")
    parser.add_argument("--seed", type=int, default=10482, help="another seed tells other stories")
