"""The settings pages as data, in the order of the tree; how to add one stands in `frame.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from app.services.base.context import Actor, Context
from app.services.search.tokens import matches_initials, norm
from app.views.base.i18n import N_
from app.views.base.pages import PageEnv
from app.views.settings.frame import PaneEntry, SettingsPane

_ORGANISATION = N_("Organisation")
_SERVICE_LEVELS = N_("Service levels")
_TICKETS = N_("Tickets")
_ROSTER = N_("Roster")
_SYSTEM = N_("System")

PANES: tuple[PaneEntry, ...] = (
    PaneEntry(
        "site",
        _ORGANISATION,
        N_("Site and time"),
        N_("What the desk is called, where it is, and how tickets are numbered and closed."),
        "building-2",
        "app.views.settings.site_page:SitePane",
        words=N_("name telephone time zone country number prefix reopen close lock attachment"),
    ),
    PaneEntry(
        "people",
        _ORGANISATION,
        N_("People and teams"),
        N_("Who works here and who calls, in which team, with which numbers."),
        "users",
        "app.views.settings.people_page:PeoplePane",
        words=N_("person user member line company telephone password sign in"),
        read="people.read",
        scrolls=False,
    ),
    PaneEntry(
        "roles",
        _ORGANISATION,
        N_("Roles and rights"),
        N_("What each role may do, and who holds it."),
        "shield",
        "app.views.settings.roles_page:RolesPane",
        words=N_("right allow forbid administrator viewer"),
        read="people.read",
        scrolls=False,
    ),
    PaneEntry(
        "confidentiality",
        _ORGANISATION,
        N_("Confidentiality"),
        N_("What of requesters is shown in part only, and which readings are recorded."),
        "eye-off",
        "app.views.settings.confidentiality_page:ConfidentialityPane",
        words=N_("mask hide privacy personal data telephone mobile e-mail audit record retention"),
    ),
    PaneEntry(
        "matrix",
        _SERVICE_LEVELS,
        N_("Priority matrix"),
        N_("Impact × urgency gives the priority. Arrows move, 1–5 set, F2 renames, Alt+arrow moves a level."),
        "grid-3x3",
        "app.views.settings.matrix_page:MatrixPane",
        words=N_("impact urgency level critical high medium low planned"),
        scrolls=False,
    ),
    PaneEntry(
        "sla",
        _SERVICE_LEVELS,
        N_("SLA tables"),
        N_("What each priority is promised. Type “4 h”, “1 d 2 h” or “90 min”: all are understood."),
        "timer",
        "app.views.settings.sla_page:SlaPane",
        words=N_("response resolution first line target policy warning promise due"),
        scrolls=False,
    ),
    PaneEntry(
        "calendars",
        _SERVICE_LEVELS,
        N_("Calendars"),
        N_("When the clocks of promises run: weekly hours, holidays and special days."),
        "calendar-clock",
        "app.views.settings.calendars_page:CalendarsPane",
        words=N_("hours opening week holiday weekend make-up workday time zone 24x7"),
        scrolls=False,
    ),
    PaneEntry(
        "escalation",
        _SERVICE_LEVELS,
        N_("Escalation"),
        N_("Whom a ticket tells, and where it goes, while its promised time runs out."),
        "megaphone",
        "app.views.settings.escalation_page:EscalationPane",
        words=N_("step warning rise priority supervisor manager quiet hours storm notice next line"),
    ),
    PaneEntry(
        "categories",
        _TICKETS,
        N_("Categories"),
        N_("What tickets are about, as a tree, each with the team that usually takes them."),
        "tag",
        "app.views.settings.categories_page:CategoriesPane",
        words=N_("subcategory tree team line retire merge import export csv excel needed fields scope"),
        scrolls=False,
    ),
    PaneEntry(
        "services",
        _TICKETS,
        N_("Services"),
        N_("What the desk supports; tickets and SLA policies name it."),
        "layers",
        "app.views.settings.services_page:ServicesPane",
        words=N_("service catalogue import export csv excel out of scope refusal"),
        scrolls=False,
    ),
    PaneEntry(
        "reasons",
        _TICKETS,
        N_("Waiting reasons"),
        N_("Why a ticket may wait, which clocks stand still meanwhile, and for how long."),
        "circle-pause",
        "app.views.settings.reasons_page:ReasonsPane",
        words=N_("pause clock user supplier visit change follow up"),
        scrolls=False,
    ),
    PaneEntry(
        "codes",
        _TICKETS,
        N_("Cause codes"),
        N_("The causes and the ways of resolving that are chosen when a ticket is resolved."),
        "list-checks",
        "app.views.settings.codes_page:CodesPane",
        words=N_("code list cause resolution close"),
        scrolls=False,
    ),
    PaneEntry(
        "scripts",
        _TICKETS,
        N_("Telephone scripts"),
        N_("What is said at each moment of a call, in both languages."),
        "headset",
        "app.views.settings.scripts_page:ScriptsPane",
        words=N_("words greeting hold transfer goodbye template variable"),
        scrolls=False,
    ),
    PaneEntry(
        "shifts",
        _ROSTER,
        N_("Shifts and coverage"),
        N_("The shifts there are, and how many people each one needs on which days."),
        "clock",
        "app.views.settings.shifts_page:ShiftsPane",
        words=N_("roster template day night standby leave minimum people"),
        scrolls=False,
    ),
    PaneEntry(
        "roster_rules",
        _ROSTER,
        N_("Rules of the roster"),
        N_("What is checked while shifts are planned, and whether it warns or forbids publishing."),
        "shield-check",
        "app.views.settings.roster_rules_page:RosterRulesPane",
        words=N_("rest night week month hours limit warn forbid supervisor full time law what if"),
    ),
    PaneEntry(
        "crews",
        _ROSTER,
        N_("Crews and patterns"),
        N_("Who works together, and the rows of shifts that repeat. Type the codes; space is a day off."),
        "repeat",
        "app.views.settings.crews_page:CrewsPane",
        words=N_("crew pattern rotation cycle four shift day night member"),
        scrolls=False,
    ),
    PaneEntry(
        "work_terms",
        _ROSTER,
        N_("People's terms"),
        N_("What was agreed with people, or holds for a whole department: the planner keeps to it."),
        "clipboard-check",
        "app.views.settings.work_terms_page:WorkTermsPane",
        words=N_("contract hours no nights weekends holidays reachable substitute joined left department"),
        read="people.read",
        scrolls=False,
    ),
    PaneEntry(
        "skills",
        _ROSTER,
        N_("Skills and training"),
        N_("Who can do what and how well, the trainings they had, and who came and went."),
        "graduation-cap",
        "app.views.settings.skills_page:SkillsPane",
        words=N_("skill level expert training course minutes joiner leaver telephone language"),
        read="roster.read",
        scrolls=False,
    ),
    PaneEntry(
        "staffing",
        _ROSTER,
        N_("Staffing"),
        N_("How fast calls shall be answered, how people are reckoned, and whom the desk serves."),
        "headset",
        "app.views.settings.staffing_page:StaffingPane",
        words=N_("service level abandonment patience shrinkage handling time Erlang users languages travel"),
    ),
    PaneEntry(
        "shift_checks",
        _ROSTER,
        N_("Checks of the shift"),
        N_("What is ticked at a shift's start and end, and which equipment is looked at."),
        "clipboard-check",
        "app.views.settings.shift_checks_page:ShiftChecksPane",
        words=N_("checklist start end equipment dress tidy power doors windows tick duty handover"),
        scrolls=False,
    ),
    PaneEntry(
        "look",
        _SYSTEM,
        N_("Language and look"),
        N_("For you on this PC: language, theme, how close the rows stand, how notices come."),
        "languages",
        "app.views.settings.look_page:LookPane",
        words=N_("theme dark light contrast Chinese English density rows notices bell tray sound"),
    ),
    PaneEntry(
        "settings_file",
        _SYSTEM,
        N_("Settings file"),
        N_("All settings as one file that people can read: written out, compared, and taken in again."),
        "file-text",
        "app.views.settings.settings_file_page:SettingsFilePane",
        words=N_("export import backup copy json transfer move compare difference configuration"),
        scrolls=False,
    ),
    PaneEntry(
        "audit",
        _SYSTEM,
        N_("Audit"),
        N_("Who opened, was shown, exported or printed what, when and on which PC."),
        "history",
        "app.views.settings.audit_page:AuditPane",
        words=N_("record read export print reveal mask privacy confidential who"),
        read="audit.read",
        scrolls=False,
    ),
    PaneEntry(
        "database",
        _SYSTEM,
        N_("Database"),
        N_("Where the data is, how large it is and which version it has."),
        "database",
        "app.views.settings.database_page:DatabasePane",
        words=N_("file server backup copy path version"),
    ),
)


@cache
def _is_there(factory: str) -> bool:
    return find_spec(factory.partition(":")[0]) is not None


def entries_for(actor: Actor, entries: Sequence[PaneEntry] = PANES) -> tuple[PaneEntry, ...]:
    """Return the pages this person may see, in the order of the tree."""
    return tuple(entry for entry in entries if actor.may(entry.read) and _is_there(entry.factory))


def make_pane(entry: PaneEntry, ctx: Context, env: PageEnv) -> SettingsPane:
    """Import a page's module if need be and build the page."""
    module, _, name = entry.factory.partition(":")
    factory = cast("Callable[[Context, PageEnv], SettingsPane]", getattr(import_module(module), name))
    return factory(ctx, env)


def is_found(entry: PaneEntry, typed: str) -> bool:
    """Tell whether every typed word is in a page's title, section, sentence or further words.

    They are searched in the window's language and in English; Chinese also by the initials of its pinyin.
    """
    texts = (entry.title, entry.section, entry.words, entry.sentence)
    searched = norm(" ".join(part for text in texts for part in (str(text), text.msgid)))
    return all(word in searched or matches_initials(str(entry.title), word) for word in norm(typed).split())
