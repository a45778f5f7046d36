"""Tests of pure code: entities and rules, texts and tokens. No database, no window, no clock.

Start with the feature's word: `test_sla_rules.py` proves `app/services/sla/rules.py`.
"""
