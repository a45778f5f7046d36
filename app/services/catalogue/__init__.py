"""The category tree and the service catalogue: what a ticket is about, and whose it then is.

Targets and priorities belong to `sla` and `priority`. Start at `queries.py` (whole trees in one query) and
`rules.py` (paths, circles, what is offered while somebody types).
"""
