"""A store of secrets in memory, where the real one would be the system's."""

from __future__ import annotations


class MemoryKeyring:
    """Keeps secrets by account; `is_there` False behaves as a PC that keeps none."""

    def __init__(self, *, is_there: bool = True) -> None:
        self.secrets: dict[str, str] = {}
        self._is_there = is_there

    def read(self, account: str) -> str | None:
        return self.secrets.get(account)

    def write(self, account: str, secret: str) -> bool:
        if self._is_there:
            self.secrets[account] = secret
        return self._is_there

    def erase(self, account: str) -> None:
        self.secrets.pop(account, None)
