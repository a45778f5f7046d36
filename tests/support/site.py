"""A configured site with the least there can be: one matrix, one SLA table, two calendars, two reasons."""

from __future__ import annotations

import json
import uuid

from app.models.entities.instants import to_micros
from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.base.context import Context

OFFICE = {
    "timezone": "Asia/Shanghai",
    "hours": {day: [["08:30", "12:00"], ["13:00", "18:30"]] for day in ("mon", "tue", "wed", "thu", "fri")},
}
ALWAYS = {"timezone": "Asia/Shanghai", "always_open": True}
# RULES 3, the desk preset: one row per impact, one value per urgency.
CELLS = [[1, 1, 2], [1, 2, 3], [2, 3, 3], [3, 3, 4]]


def _target(priority: int, calendar: str, response: str, resolution: str, **more: str) -> dict[str, object]:
    return {
        "priority": priority,
        "calendar": calendar,
        "response": response,
        "resolution": resolution,
        **more,
    }


SLA = {
    "policies": [
        {
            "code": "incidents",
            "targets": [
                _target(1, "24x7", "10 min", "2 h", first_line="15 min"),
                _target(2, "24x7", "15 min", "4 h", first_line="30 min"),
                _target(3, "office", "30 min", "8 h", first_line="60 min"),
                _target(4, "office", "60 min", "3 d"),
            ],
        }
    ]
}


def set_up_site(ctx: Context) -> None:
    """Write the configuration that ticket commands need, in one transaction."""
    levels = [{"level": number, "name": f"Level {number}"} for number in range(1, 5)]
    matrix = {"impacts": levels, "urgencies": levels[:3], "cells": CELLS}

    def body(tx: Transaction) -> None:
        documents = (
            ("matrix", "site", matrix),
            ("sla", "site", SLA),
            ("calendar", "office", OFFICE),
            ("calendar", "24x7", ALWAYS),
        )
        for kind, code, content in documents:
            values = {
                "kind": kind,
                "code": code,
                "number": 1,
                "at": to_micros(tx.now),
                "body": json.dumps(content),
            }
            tx.insert("config_version", values)

    ctx.store.write(Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests"), body)
