"""Starts Firstline: the window, or a command of `python main.py COMMAND`."""

import multiprocessing
import sys

from app.bootstrap import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main(sys.argv[1:]))
