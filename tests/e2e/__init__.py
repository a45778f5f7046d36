"""Tests of the whole program: the command line, the window from sign-in to report, two programs at once.

Those marked `smoke` run once more in a real window under an X server.
"""
