"""The commands that show the window on a site: demo, pictures, self-test."""

from __future__ import annotations

import argparse
import sys

from app.models.schema import SchemaState
from app.services.demo.creating import create_demo
from app.views.shell import selftest, shots, walk
from app.views.shell.stage import Stage
from app.views.shell.unattended import collected_errors


def run(stage: Stage, options: argparse.Namespace) -> int:
    """Make the site where there is none, then do what the command says; return the exit code."""
    if stage.ctx.store.state() is SchemaState.EMPTY:
        create_demo(stage.ctx, seed=options.seed, days=options.days, tickets=options.tickets)
    if options.command == "demo" and options.make_only:
        return 0
    if options.command == "demo" and not options.offscreen:
        stage.enter()
        return stage.application.exec()
    with collected_errors() as errors:
        code = _run_unattended(stage, options)
    for error in errors:
        sys.stderr.write(f"{error}\n")
    return 1 if errors else code


def _run_unattended(stage: Stage, options: argparse.Namespace) -> int:
    if options.command == "shots":
        return shots.run(stage, options.out, options.only)
    if options.command == "selftest":
        return selftest.run(stage, options.out)
    return walk.run(stage, options.out)
