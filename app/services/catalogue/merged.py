"""Which category stands for one that was merged away: its code and its name go on meaning something."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.entities.catalogue import CategoryForm
from app.models.transactions import Reader


def merged_categories(read: Reader) -> Mapping[int, int]:
    """Return, for every category that was merged away, the id of the one that stands for it now.

    A chain of merges is followed to its end. One that was offered again since stands for itself.
    """
    rows = read.rows("SELECT id, form_fields FROM category WHERE is_active = false")
    into = {
        category_id: int(form.merged_into)
        for category_id, text in rows
        if (form := CategoryForm.from_text(text)).merged_into is not None
    }
    return {category_id: _end(into, category_id) for category_id in into}


def _end(into: Mapping[int, int], category_id: int) -> int:
    """Follow merges to the last one; a circle, which only damage could make, ends where it would close."""
    seen = {category_id}
    while into.get(category_id) is not None and into[category_id] not in seen:
        category_id = into[category_id]
        seen.add(category_id)
    return category_id
