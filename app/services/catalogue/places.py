"""Places in a tree inside a transaction: parents, order among siblings, free codes."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.errors import BadInput
from app.models.transactions import Reader, Transaction
from app.services.catalogue import rules


@dataclass(frozen=True, slots=True)
class Tree:
    """The static statements about one tree; made of the table's name, which comes from code."""

    table: str

    def parents(self, read: Reader) -> dict[int, int | None]:
        """Return the parent of every entry, retired ones included."""
        return {one: parent for one, parent in read.rows(f'SELECT id, parent_id FROM "{self.table}"')}

    def siblings(self, read: Reader, parent: int | None) -> list[int]:
        """Return the entries below `parent` in their order."""
        rows = read.rows(
            f'SELECT id FROM "{self.table}" WHERE COALESCE(parent_id, 0) = ? ORDER BY position, id',
            (parent or 0,),
        )
        return [row[0] for row in rows]

    def write_order(self, tx: Transaction, ids: list[int]) -> None:
        """Number entries from 1. Neighbours only shift, so their versions stay."""
        tx.execute_many(
            f'UPDATE "{self.table}" SET position = ? WHERE id = ?',
            [(position, one) for position, one in enumerate(ids, 1)],
        )

    def next_of(self, read: Reader, entry: int, parent: int | None) -> int | None:
        """Return the sibling that stands behind an entry; None where it is the last."""
        siblings = self.siblings(read, parent)
        at = siblings.index(entry) + 1
        return siblings[at] if at < len(siblings) else None

    def code_for(self, read: Reader, code: str, name: str, entry: int = 0) -> str:
        """Return the code to store: as typed, or made of the name. BadInput `catalogue.code_taken`."""
        taken = {row[0] for row in read.rows(f'SELECT code FROM "{self.table}" WHERE id <> ?', (entry,))}
        wanted = code.strip()
        if wanted in taken:
            raise BadInput("catalogue.code_taken", entry=wanted)
        return wanted or rules.free_code(name, taken)


CATEGORIES = Tree("category")
SERVICES = Tree("service")
