"""What is done on the page of the settings file before it is drawn: a file is looked at."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from app.models.entities.settings_file import Section
from app.views.settings.page import SettingsPage
from app.views.settings.settings_file_page import SettingsFilePane
from app.views.shell.stage import Stage

# New, changed and retired entries, and one that cannot be taken.
_FILE = {
    "format": "firstline-settings",
    "version": 1,
    "settings": {"site.desk_phone": "1919", "tickets.reopen_days": 7},
    "waiting_reasons": [{"code": "user-reply", "longest": "10 d"}],
    "categories": [
        {"code": "NET-SAT", "name": "Satellite link", "name_alt": "卫星链路", "parent": "NET"},
        {"code": "NET-VPN", "name": "VPN and remote desktop", "teams": {"2": "network"}},
    ],
    "scripts": [{"code": "goodbye", "is_active": False}, {"code": "greeting", "body": 7}],
    "teams": [{"code": "first", "name": "Hotline", "specialty": "Telephone"}],
    "roles": [{"code": "viewer", "permissions": ["tickets.read", "knowledge.read"]}],
}


def look_at_settings(stage: Stage) -> None:
    """Show what importing a file would do."""
    work = stage.program.workspace
    page = work.stack.page if work is not None else None
    pane = page.pane if isinstance(page, SettingsPage) else None
    if not isinstance(pane, SettingsFilePane):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings-2026-11-20.json"
        path.write_text(json.dumps(_FILE), encoding="utf-8")
        pane.presenter.open(path)
        stage.wait_until(lambda: Section.SCRIPTS in pane.preview.boxes, "the file is read")
    stage.settle()
