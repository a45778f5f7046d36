"""What tests stand on: databases, a still clock, factories, screens as text, string and migration tools.

No test lives here and nothing here is imported by the program. Start at `factories.py`.
"""
