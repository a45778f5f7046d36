"""Proof, sorted by speed: unit (pure), service (both databases), view (Qt), report (PDF), e2e (all).

`conventions` holds the house rules, `bench` what must stay fast, `support` the factories, fakes and
servers. Start at `conftest.py`: its fixtures `ctx`, `make` and `clock` are what most tests need.
"""
