"""The system's store of secrets: kept where there is one, quietly nothing where there is none."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordDeleteError

from app.services.access.keyrings import SERVICE, SystemKeyring


class DeskKeyring(KeyringBackend):
    """A working backend, as the Windows Credential Manager is one."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_secret_is_kept_by_account_and_forgotten() -> None:
    backend = DeskKeyring()
    keyring.set_keyring(backend)
    system = SystemKeyring()

    assert system.write("epoch-1", "token")
    assert backend.kept == {(SERVICE, "epoch-1"): "token"}
    assert system.read("epoch-1") == "token"
    assert system.read("epoch-2") is None

    system.erase("epoch-1")
    assert system.read("epoch-1") is None


def test_forgetting_what_is_not_there_is_no_error() -> None:
    keyring.set_keyring(DeskKeyring())

    SystemKeyring().erase("epoch-1")


def test_a_pc_without_a_store_of_secrets_remembers_nothing_and_does_not_fail() -> None:
    keyring.set_keyring(NoKeyring())
    system = SystemKeyring()

    assert not system.write("epoch-1", "token")
    assert system.read("epoch-1") is None
    system.erase("epoch-1")
