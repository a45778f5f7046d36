"""What every screen shares and no screen owns: texts, formats, tasks, tables, forms, dialogs, the look.

Nothing here knows a feature. Start at `i18n.py` (words), `tasks.py` (how work leaves the window thread),
`table.py` (the one list) and `actions.py` (what a person can do); `tokens.py` and `theme.py` hold the look.
"""
