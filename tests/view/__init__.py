"""Tests of presenters, widgets and screens, off-screen, on a copy of the SQLite template.

What a screen shows is asserted as text by `tests.support.describe`; pictures are for people to look at.
"""
