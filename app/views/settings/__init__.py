"""The settings: a frame with a tree of pages, and one page for each thing that can be set up.

Start in `frame.py`: it says what a page is and how to add one; `pages.py` lists them, `page.py` is the
screen that shows them. A page keeps to one subject and imports no other page. What a value may be is not
decided here but in the rules of its feature; words for stored things do not live here but in their documents.
"""
