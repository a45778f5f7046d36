"""Numbered, frozen schema changes. They never import app code; each has a test of its name."""
