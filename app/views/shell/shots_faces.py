"""The pictures of what the window shows before anybody is signed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from app.models.entities.errors import BadInput, StoreUnavailable
from app.models.schema import SchemaState
from app.services.base.context import Actor
from app.services.demo.creating import demo_actor
from app.views.shell.firststart import FirstStart
from app.views.shell.signin import SignIn
from app.views.shell.stage import Stage
from app.views.shell.update import UPDATE_PERMISSION, UpdateFace

_SERVER = "postgresql://desk@desk-db/firstline"
_FILE = Path("C:/ProgramData/Firstline/firstline.db")


def _first_start(stage: Stage) -> FirstStart | None:
    stage.program.start("")
    face = stage.program.window.face
    if not isinstance(face, FirstStart):
        return None
    face.database.path.setText(str(_FILE))
    return face


def _first_start_server(stage: Stage) -> None:
    face = _first_start(stage)
    if face is not None:
        face.database.server.setChecked(True)
        face.database.address.setText(_SERVER)
        face.refuse(StoreUnavailable("store.no_answer", address=_SERVER))


def _first_start_site(stage: Stage) -> None:
    opened = stage.doors.open(stage.url)
    empty = replace(opened, state=SchemaState.EMPTY, has_administrator=False, name=_FILE.name)
    stage.program.arrive(empty)
    face = stage.program.window.face
    if isinstance(face, FirstStart) and face.site is not None:
        face.site.name.setText("Wang Fang")
        face.site.login.setText("wang")
        face.site.password.setText("blue kettle river")
        face.site.again.setText("blue kettle")


def _sign_in(stage: Stage) -> None:
    stage.program.ask_for_password(stage.doors.open(stage.url))
    face = stage.program.window.face
    if isinstance(face, SignIn):
        face.login.setText("wang")
        face.password.setText("blue kettle")
        face.refuse(BadInput("access.sign_in_refused"))


def _update(stage: Stage, actor: Actor) -> None:
    program = stage.program
    face = UpdateFace(program, stage.doors, program.place, stage.doors.open(stage.url), actor)
    program.window.show_face(face)


def _update_by_administrator(stage: Stage) -> None:
    _update(stage, replace(demo_actor(stage.ctx), permissions=frozenset({UPDATE_PERMISSION})))


def _update_by_others(stage: Stage) -> None:
    _update(stage, replace(demo_actor(stage.ctx), permissions=frozenset()))


FACES: Mapping[str, Callable[[Stage], object]] = {
    "first_start": _first_start,
    "first_start-server": _first_start_server,
    "first_start-site": _first_start_site,
    "sign_in": _sign_in,
    "update": _update_by_administrator,
    "update-others": _update_by_others,
}
