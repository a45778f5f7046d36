"""Settings: declared site values, versioned documents (matrix, SLA, calendars), short lists and scripts.

What the documents mean belongs to `priority`, `sla` and `calendars`; a person's own preferences on one PC
lie in `local`. Start at `declared.py`; what ticket commands need at once is `current.py`.
"""
