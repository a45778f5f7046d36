"""What the window around the pages asks across all features: findings of the palette, who is on duty.

Nothing about one feature belongs here; it stands above all of them, and only `views/shell` asks it. Start at
`queries.py`.
"""
