"""The record of reading and taking out (S4-23): who opened, was shown, exported or printed what.

Stands above people, below whatever hands files out. Start at `handing_out.py`: everything that leaves the
program as a file or on paper goes through it, and is recorded before it goes. `reading.py` records opened
tickets, after the fact and in the background; `commands.reveal` shows one masked fact of one person.
"""
