"""What things are and how they are stored: entities, tables, migrations and the store.

`entities` knows nothing but the standard library; `tables` are peewee classes without behaviour;
`store` is the only door to the database and `dialects` the only place that knows which one it is.
"""
