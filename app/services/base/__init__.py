"""What every feature needs: context, clock, events, permissions, commands, undo and texts.

A feature's own rule never belongs here. Start at `context.py`, then `command.py`.
"""
