"""Tickets: taking them, moving them on, closing them, finding them again.

Here belongs whatever changes or lists a ticket. How long things may take is in `sla`, what a priority is in
`priority`, words to search in `search`. Start reading in `rules.py`: the table of moves is the specification.
"""
