"""What the desk announces: new systems, changes, faults, maintenance, news; who read it, who is trained.

An announcement is never deleted: it is withdrawn, and what was told stays on record. Its state follows from
the clock and is stored nowhere. Stands above roster and notices, below handover and background.
"""
