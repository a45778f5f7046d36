"""The house rules as tests: what no linter knows. They read the source and need no database and no window.

A rule that hurts is changed here, in the open, together with ARCHITECTURE.md. Start at `sources.py`.
"""
