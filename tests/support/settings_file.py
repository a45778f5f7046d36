"""A site whose settings file says something in every field, and what tests do to such files."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from app.models.entities.catalogue import CategoryDetails, Gate, ServiceDetails
from app.models.entities.ids import ArticleId
from app.models.entities.settings import ConfigKind
from app.models.entities.settings_file import EntryState, Section, SettingsPlan
from app.models.entities.skills import SkillLevel, SkillNeed
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.catalogue import commands as catalogue
from app.services.catalogue.queries import category_tree, services
from app.services.people.queries import teams
from app.services.roster import skill_commands, skill_queries, template_queries
from app.services.settings.commands import save_config
from app.services.settings.queries import current_config
from app.services.settings_file.commands import import_settings
from app.services.settings_file.queries import export_settings, preview_settings
from tests.support.factories import Make
from tests.support.settings_site import sample_site


def rich_site(ctx: Context, make: Make) -> Context:
    """Write the sample set-up, and use what it leaves empty: links, conditions, demands, retired entries."""
    sample_site(ctx)
    article = make.article(number=7)
    network = next(team for team in teams(ctx) if team.details.code == "network")
    vpn = category(ctx, "NET-VPN")
    details = CategoryDetails(
        "NET-VPN",
        "VPN",
        "虚拟专用网",
        line_teams=((1, network.id), (2, network.id)),
        demands=((Gate.ASSIGN, ("location",)), (Gate.CLOSE, ())),
        article_ids=(ArticleId(article.id),),
        is_in_scope=False,
        refusal_text="Ask <b>facilities</b>",
    )
    catalogue.edit_category(ctx, vpn.id, details, version=vpn.version)
    catalogue.add_service(ctx, ServiceDetails("MAIL", "Mail", owner_team_id=network.id))
    mail = next(each for each in services(ctx) if each.details.code == "MAIL")
    catalogue.set_service_active(ctx, mail.id, version=mail.version, is_active=False)
    sla = current_config(ctx, ConfigKind.SLA, "site")
    policies = [dict(policy) for policy in sla.body["policies"]]
    policies[-1] |= {"category_ids": [vpn.id], "service_ids": [mail.id], "companies": ["Huaxin"]}
    _need_skill(ctx)
    save_config(ctx, ConfigKind.SLA, "site", {**sla.body, "policies": policies}, expected_number=sla.number)
    return ctx


def _need_skill(ctx: Context) -> None:
    skill = skill_queries.skills(ctx)[0]
    day = template_queries.shifts(ctx)[0]
    need = SkillNeed(day.id, skill.id, SkillLevel.EXPERT, "", 1)
    skill_commands.set_skill_needs(ctx, day.id, [need], version=day.version)


def category(ctx: Context, code: str) -> Any:
    """Return a category by its code, retired or not."""
    nodes = category_tree(ctx, include_retired=True)
    return next(node.category for node in nodes if node.category.details.code == code)


def content_of(ctx: Context) -> dict[str, Any]:
    """Return what the site's file says."""
    found: dict[str, Any] = json.loads(export_settings(ctx))
    return found


def only(section: str, value: object) -> bytes:
    """Return a file with one section."""
    return file_with({section: value})


def file_with(sections: dict[str, Any]) -> bytes:
    """Return a file with these sections."""
    return json.dumps({"format": "firstline-settings", "version": 1, **sections}).encode()


def changed(ctx: Context, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Return the site's file after `change` did something to it."""
    content = content_of(ctx)
    change(content)
    return json.dumps(content).encode()


def entry(content: dict[str, Any], section: str, code: str) -> dict[str, Any]:
    """Return one entry of a section by its code."""
    found: dict[str, Any] = next(each for each in content[section] if each["code"] == code)
    return found


def take(ctx: Context, body: bytes, *sections: Section) -> Outcome:
    """Take a file in, whole or some sections of it, as somebody who looked at the preview."""
    preview = preview_settings(ctx, body)
    return import_settings(ctx, preview.document, sections=sections or None)


def take_and_plan(ctx: Context, body: bytes) -> SettingsPlan:
    """Take a whole file in; return what the preview had said it would do."""
    preview = preview_settings(ctx, body)
    import_settings(ctx, preview.document, seen=preview.plan)
    return preview.plan


def told(plan: SettingsPlan, *states: EntryState) -> list[tuple[str, str, str]]:
    """Return section, code and state of a plan's entries; without `states`, of those that would change."""
    wanted = states or (EntryState.ADDED, EntryState.CHANGED, EntryState.RETIRED, EntryState.REFUSED)
    return [
        (each.section.value, each.code, each.state.value) for each in plan.entries if each.state in wanted
    ]
