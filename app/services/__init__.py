"""What the desk does: one folder per feature with rules (pure), commands (writes) and queries (reads).

Nothing here knows Qt. Start at `base/context.py` and `base/command.py`, then any feature's `rules.py`.
"""
