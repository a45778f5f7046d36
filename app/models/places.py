"""Where a database file lies: network shares and synchronised folders, told before they can do harm."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path

_SYNC_FOLDERS = ("onedrive", "dropbox", "google drive", "googledrive", "nextcloud", "icloud")
_NETWORK_FILE_SYSTEMS = ("cifs", "smb3", "smbfs", "nfs", "nfs4", "sshfs", "fuse.sshfs", "9p")


class Place(StrEnum):
    """What kind of place a file lies in."""

    LOCAL = "local"
    SHARE = "share"
    SYNCED = "synced"


def place_of(path: Path) -> Place:
    """Tell whether `path` lies on this PC's disk, on a network share or in a synchronised folder.

    A synchronised folder copies files behind SQLite's back and must be refused; a share works with
    the settings of `dialects.py`, for a handful of people.
    """
    if any(_is_sync_folder(part) for part in path.parts):
        return Place.SYNCED
    return Place.SHARE if _is_remote(path) else Place.LOCAL


def _is_sync_folder(part: str) -> bool:
    name = part.casefold()
    return any(name == known or name.startswith(known + " - ") for known in _SYNC_FOLDERS)


def _is_remote(path: Path) -> bool:
    if sys.platform == "win32":
        return _is_remote_on_windows(path)
    return _mounted_file_system(path) in _NETWORK_FILE_SYSTEMS


def _is_remote_on_windows(path: Path) -> bool:
    # A mapped drive letter looks local to everything but GetDriveTypeW.
    import ctypes  # noqa: PLC0415  Windows only

    drive_remote = 4
    anchor = path.absolute().anchor
    if anchor.startswith("\\\\"):
        return True
    return bool(ctypes.windll.kernel32.GetDriveTypeW(anchor) == drive_remote)  # type: ignore[attr-defined,unused-ignore]


def _mounted_file_system(path: Path) -> str:
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return ""
    target = str(path.absolute())
    best, kind = "", ""
    for line in mounts.read_text("utf-8", errors="replace").splitlines():
        _, mount_point, file_system, *_ = line.split(" ")
        inside = target == mount_point or target.startswith(mount_point.rstrip("/") + "/")
        if inside and len(mount_point) >= len(best):
            best, kind = mount_point, file_system
    return kind
