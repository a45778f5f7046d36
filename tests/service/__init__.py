"""Tests of commands, queries, tables and migrations. Each runs on SQLite and on PostgreSQL.

`conftest.py` here doubles every test that asks for `database_url` or `ctx`. Rules are proven in `unit`.
"""
