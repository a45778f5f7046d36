"""Where this PC keeps a remembered sign-in: the system's own store of secrets."""

from __future__ import annotations

import logging
from typing import Protocol

log = logging.getLogger("firstline.access")

SERVICE = "Firstline"


class KeyringBackend(Protocol):
    """A store of secrets, by account. Nothing here raises: a PC without one simply remembers nothing."""

    def read(self, account: str) -> str | None:
        """Return the secret of an account, or None."""

    def write(self, account: str, secret: str) -> bool:
        """Keep a secret; False where this PC cannot."""

    def erase(self, account: str) -> None:
        """Forget a secret; one that is not there is no error."""


class SystemKeyring:
    """The Windows Credential Manager, or the secret service of a Linux desktop."""

    def read(self, account: str) -> str | None:
        """See `KeyringBackend.read`."""
        import keyring  # noqa: PLC0415  0.1 s that a start without a remembered sign-in need not pay
        from keyring.errors import KeyringError  # noqa: PLC0415

        try:
            return keyring.get_password(SERVICE, account)
        except KeyringError as error:
            log.info("no remembered sign-in: %s", error)
            return None

    def write(self, account: str, secret: str) -> bool:
        """See `KeyringBackend.write`."""
        import keyring  # noqa: PLC0415
        from keyring.errors import KeyringError  # noqa: PLC0415

        try:
            keyring.set_password(SERVICE, account, secret)
        except KeyringError as error:
            log.info("the sign-in is not remembered: %s", error)
            return False
        return True

    def erase(self, account: str) -> None:
        """See `KeyringBackend.erase`."""
        import keyring  # noqa: PLC0415
        from keyring.errors import KeyringError  # noqa: PLC0415

        try:
            keyring.delete_password(SERVICE, account)
        except KeyringError as error:
            log.info("nothing to forget: %s", error)
