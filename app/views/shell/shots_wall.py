"""What pictures of the wall need: the monitor's size, whatever screen there is, and a card to assign."""

from __future__ import annotations

from app.views.shell.stage import Stage
from app.views.wall.page import WallPage
from app.views.wall.room import RoomWindow

ROOM_WINDOW = "room"
_MONITOR = (1920, 1080)


def fit_room(stage: Stage) -> None:
    """Let the room's window be as large as a usual monitor."""
    room = stage.program.window.findChild(RoomWindow, ROOM_WINDOW)
    if room is not None:
        room.showNormal()
        stage.settle()  # leaving the whole screen ends with a size of its own
        room.resize(*_MONITOR)
        stage.settle(200)


def assign_card(stage: Stage) -> None:
    """Ask for whom the chosen card is."""
    page = stage.program.workspace.stack.page if stage.program.workspace is not None else None
    if isinstance(page, WallPage):
        page.of_cards.run("wall.assign")
        stage.settle()
