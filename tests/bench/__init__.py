"""What must stay fast, measured as ratios against the raw database. `poe bench` runs it; pytest does not.

Start at `__main__.py`.
"""
