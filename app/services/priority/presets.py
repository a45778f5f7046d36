"""The matrices that come with the program, to start from."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.models.entities.priority import MatrixDefinition
from app.services.base.resources import resource_path

PRESETS = ("desk_4x3", "itil_3x3")


@dataclass(frozen=True, slots=True)
class MatrixPreset:
    """A shipped matrix with its name in both languages."""

    code: str
    name: str
    name_alt: str
    matrix: MatrixDefinition


def matrix_presets() -> tuple[MatrixPreset, ...]:
    """Read every shipped matrix. The files are the program's own: one that is missing is a broken program."""
    return tuple(_preset(code) for code in PRESETS)


def _preset(code: str) -> MatrixPreset:
    data = json.loads(resource_path("defaults", f"{code}.json").read_text(encoding="utf-8"))
    return MatrixPreset(code, data["name"], data["name_alt"], MatrixDefinition.from_dict(data["matrix"]))
