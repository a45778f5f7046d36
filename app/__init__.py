"""Firstline, a desktop IT service desk.

`bootstrap` wires the layers; `views` and `cli` show, `services` decide and do, `models` hold and store.
Start reading at `app/services/tickets/rules.py` (what may happen to a ticket) and `app/models/store.py`
(how anything is saved). ARCHITECTURE.md tells which layer may import which.
"""
