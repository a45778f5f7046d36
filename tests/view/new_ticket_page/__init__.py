"""Tests of the form of a new ticket, as an agent with a caller on the phone meets it."""
