"""Priorities: what impact and urgency make of a ticket, and how waiting raises it.

Here belong the matrix's use, its validation and the rising. The matrix as a value is in
`models/entities/priority.py`, the screen in `views/priority/`. Start reading in `rules.py`.
"""
