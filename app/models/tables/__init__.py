"""How things are stored: peewee classes without behaviour, imported by services only.

`base.py` holds the database proxy and the field kinds; `registry.py` lists every table.
"""
