"""What the demo's desk announces: a new system with its training, maintenance, the fault of the day.

Written through the commands a window calls, under the clock of their hour. Only for demo sites.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from app.models.entities.announcements import (
    AnnouncementChannel,
    AnnouncementDetails,
    AnnouncementKind,
    HeldTraining,
)
from app.models.entities.ids import AnnouncementId, ArticleId, PersonId, ServiceId
from app.services.announcements import commands
from app.services.announcements.training_commands import record_training
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.base.resources import resource_path
from app.services.demo.names import DemoNames
from app.services.demo.planning import SITE_ZONE
from app.services.demo.queries import actor_with_id, gravest_ticket, names_of

_DAY = timedelta(days=1)
_READ_AFTER = timedelta(minutes=15)


def write_announcements(ctx: Context) -> None:
    """Write all of them, who has read them and who was trained."""
    rows = json.loads((resource_path("demo") / "announcements.json").read_text(encoding="utf-8"))
    names = names_of(ctx)
    for row in rows:
        _write(ctx, names, row)


def _write(ctx: Context, names: DemoNames, row: Mapping[str, Any]) -> None:
    now = ctx.clock.now()
    ago = timedelta(hours=row.get("written_hours_ago", 0), minutes=row.get("written_minutes_ago", 0))
    writer = _as(ctx, names, row["by"], now - ago)
    outcome = commands.write_announcement(writer, _details(ctx, names, row, now - ago))
    made = AnnouncementId(outcome.id or 0)
    for login in row.get("read", ()):
        if login != row["by"]:
            reader = _as(ctx, names, login, min(now, now - ago + _READ_AFTER))
            commands.mark_announcement_read(reader, made)
    if trained := row.get("trained"):
        people = tuple(PersonId(names.staff[login]) for login in trained)
        held_on = now.astimezone(SITE_ZONE).date() - row["trained_days_ago"] * _DAY
        record_training(writer, made, HeldTraining(people, held_on, row["training_minutes"]))


def _details(
    ctx: Context, names: DemoNames, row: Mapping[str, Any], written_at: datetime
) -> AnnouncementDetails:
    today = ctx.clock.now().astimezone(SITE_ZONE).date()
    begin = written_at
    if "begins_in_days" in row:
        wall = time.fromisoformat(row["begins_at"])
        begin = datetime.combine(today + row["begins_in_days"] * _DAY, wall, SITE_ZONE)
    article = names.articles.get(row.get("article", 0))
    lasts = row.get("lasts_minutes")
    live_in = row.get("live_in_days")
    return AnnouncementDetails(
        AnnouncementKind(row["kind"]),
        row["title"],
        row["text"],
        service_id=ServiceId(names.services[row["service"]]),
        article_id=None if article is None else ArticleId(article),
        ticket_id=gravest_ticket(ctx) if row.get("is_about_gravest") else None,
        live_on=None if live_in is None else today + live_in * _DAY,
        training_minutes=row.get("training_minutes"),
        must_read=row["must_read"],
        channels=tuple(AnnouncementChannel(each) for each in row["channels"]),
        shown_from=begin,
        shown_until=None if lasts is None else begin + timedelta(minutes=lasts),
    )


def _as(ctx: Context, names: DemoNames, login: str, at: datetime) -> Context:
    return replace(ctx.acting_as(actor_with_id(ctx, PersonId(names.staff[login]))), clock=FixedClock(at))
