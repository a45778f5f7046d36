"""Tests of printed pages: their text, their page count, and that the same facts give the same bytes.

What a report counts is proven in `service`; here is what the reader holds in the hand.
"""
