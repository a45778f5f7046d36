"""Tests of a ticket's page: what it shows, its moves, writing on it, and changing it in place."""
