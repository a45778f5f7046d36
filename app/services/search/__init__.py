"""Finding things by what people type: one tokenizer for both databases, the query language, ranking.

Start at `tokens.py` (text to search tokens), then `rules.py` (typed text to a `Query`, and to what each
database is asked) and `ranking.py` (order and highlights). `fields.py` lists the filters a person may type.
Words of one feature's own list (views, columns) do not belong here.
"""
