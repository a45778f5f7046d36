"""The program's own log on this computer: a few small files, and what is left when it is killed."""

from __future__ import annotations

import faulthandler
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

import platformdirs

_LARGEST = 1_000_000
_KEPT = 4
_LINE = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def log_folder() -> Path:
    """Return where the log lies for the person who runs the program."""
    return Path(platformdirs.user_log_dir("Firstline", appauthor=False))


def start_log(folder: Path) -> TextIO | None:
    """Write warnings and our own messages to `folder`, and the stacks of all threads when the program dies.

    Returns the open file of the latter, to be kept until the end; None where nothing can be written there,
    which must never keep the program from starting.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "firstline.log", maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
        )
        dump = (folder / "crash.log").open("a", encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter(_LINE))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("firstline").setLevel(logging.INFO)
    faulthandler.enable(dump)
    return dump


def print_log(loggers: list[str]) -> None:
    """Print what these loggers say to the error stream, in every detail (`--log`)."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(relativeCreated)8d ms %(threadName)s %(name)s: %(message)s"))
    for name in loggers:
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.addHandler(handler)
