"""Writing a demo plan into an empty site: people, articles, roster and tickets, each part in few commits.

Only for demo sites. Tickets go through the very code that records real ones, under the plan's own times.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.models.entities.events import KnowledgeChanged, PeopleChanged, RosterChanged, ShiftNotesChanged
from app.models.entities.instants import to_micros
from app.models.entities.people import NumberKind, PersonDetails
from app.models.transactions import Transaction
from app.services.access.writing import ADMINISTRATOR
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.demo.agreeing import put_crews, put_months
from app.services.demo.content import Requester, StaffMember
from app.services.demo.facts import ArticleFact, DemoPlan, TicketFact
from app.services.demo.names import DemoNames, load_names, source_key
from app.services.demo.playing import play_ticket
from app.services.people.writing import insert_person
from app.services.search.index import SearchTable, put_many
from app.services.settings.current import load_config

DEMO_LOGIN = "li.na"
"""Who the demo is signed in as; she may do everything there, so that every page can be tried."""
_REVIEW_AFTER_MICROS = 180 * 24 * 3600 * 1_000_000


@command(permission="access.manage")
def write_people(_ctx: Context, tx: Transaction, plan: DemoPlan) -> Outcome:
    """Write companies with their departments, staff with teams and roles, and everybody who calls."""
    companies = {each.code: each for each in plan.companies}
    departments = {each.code: each for each in plan.departments}
    teams: dict[str, int] = dict(tx.rows("SELECT code, id FROM team"))
    roles: dict[str, int] = dict(tx.rows("SELECT code, id FROM role"))

    def place(code: str) -> tuple[str, str, str]:
        found = departments.get(code)
        return (companies[found.company].name, found.name, found.location) if found else ("", "", "")

    for member in plan.staff:
        person_id = insert_person(tx, _staff_details(member, place(member.department)))
        wanted = [*member.roles, *([ADMINISTRATOR] if member.login == DEMO_LOGIN else [])]
        _link(tx, "person_role", "role_id", person_id, [roles[code] for code in wanted])
        _link(tx, "team_member", "team_id", person_id, [teams[code] for code in member.teams])
    for requester in plan.requesters:
        insert_person(tx, _requester_details(requester, place(requester.department)))
    for company in plan.companies:
        tx.execute("UPDATE company SET name_alt = ? WHERE name = ?", (company.name_alt, company.name))
    for department in plan.departments:
        tx.execute(
            "UPDATE department SET name_alt = ? WHERE name = ?", (department.name_alt, department.name)
        )
    tx.announce(PeopleChanged())
    return Outcome()


def _staff_details(member: StaffMember, place: tuple[str, str, str]) -> PersonDetails:
    company, department, location = place
    return PersonDetails(
        member.name,
        member.name_alt,
        login=member.login,
        email=member.email,
        company=company,
        department=department,
        location=location,
        title=member.title,
        language=member.language,
        is_staff=True,
        phones=_phones(member.extension, member.mobile),
    )


def _requester_details(requester: Requester, place: tuple[str, str, str]) -> PersonDetails:
    company, department, _ = place
    return PersonDetails(
        requester.name,
        requester.name_alt,
        email=requester.email,
        company=company,
        department=department,
        location=requester.location,
        title=requester.title,
        language=requester.language,
        is_vip=requester.vip,
        phones=_phones(requester.extension, requester.mobile),
        source_key=source_key(requester.key),
    )


def _phones(extension: str, mobile: str) -> tuple[tuple[NumberKind, str], ...]:
    pairs = ((NumberKind.EXTENSION, extension), (NumberKind.MOBILE, mobile))
    return tuple((kind, number) for kind, number in pairs if number)


def _link(tx: Transaction, table: str, column: str, person_id: int, ids: Sequence[int]) -> None:
    text = f"INSERT INTO {table} (person_id, {column}) VALUES (?, ?)"
    tx.execute_many(text, [(person_id, each) for each in dict.fromkeys(ids)])


@command(permission="knowledge.publish")
def write_articles(_ctx: Context, tx: Transaction, articles: Sequence[ArticleFact]) -> Outcome:
    """Write the articles as they stand, each with one revision and its judgements."""
    names = load_names(tx)
    texts = []
    for fact in articles:
        article = fact.article
        article_id = tx.insert("article", _article_row(fact, names))
        texts.append((article_id, f"{article.title}\n{article.keywords}\n{article.body}"))
        revision = {
            "article_id": article_id,
            "revision": 1,
            "title": article.title,
            "body": article.body,
            "author_id": names.staff[fact.author],
            "reviewer_id": names.staff[fact.reviewer],
            "at": to_micros(fact.updated_at),
        }
        tx.insert("article_revision", revision)
    put_many(tx, SearchTable.ARTICLES, texts)
    _raise_counter(tx, "article", max((fact.article.number for fact in articles), default=0))
    tx.announce(KnowledgeChanged())
    return Outcome()


def _article_row(fact: ArticleFact, names: DemoNames) -> dict[str, object]:
    article = fact.article
    return {
        "number": article.number,
        "title": article.title,
        "body": article.body,
        "keywords": article.keywords,
        "language": article.language,
        "category_id": names.categories[article.category],
        "state": article.state.value,
        "author_id": names.staff[fact.author],
        "reviewer_id": names.staff[fact.reviewer],
        "created_at": to_micros(fact.created_at),
        "updated_at": to_micros(fact.updated_at),
        "review_due_at": to_micros(fact.updated_at) + _REVIEW_AFTER_MICROS,
        "helped_count": fact.helped,
        "not_helped_count": fact.not_helped,
    }


@command(permission="roster.publish")
def write_roster(_ctx: Context, tx: Transaction, plan: DemoPlan) -> Outcome:
    """Write who works when and in which crew, publish the months, and leave the notes for the next shift."""
    names = load_names(tx)
    tx.execute_many(
        "INSERT INTO assignment (person_id, on_date, template_id, is_supervisor, version)"
        " VALUES (?, ?, ?, ?, 1)",
        [
            (names.staff[fact.person], fact.on_date.isoformat(), names.shifts[fact.code], fact.is_supervisor)
            for fact in plan.assignments
        ],
    )
    put_crews(tx, plan.staff, names.staff)
    put_months(tx, sorted({fact.on_date.isoformat()[:7] for fact in plan.assignments}))
    for note in plan.notes:
        done = {"done_at": tx.now_micros, "done_by_id": names.staff[note.author]} if note.is_done else {}
        row = {
            "on_date": note.on_date.isoformat(),
            "template_id": names.shifts[note.shift],
            "text": note.text,
            "author_id": names.staff[note.author],
            "at": to_micros(note.at),
        }
        tx.insert("shift_note", row | done)
    tx.announce(RosterChanged())
    tx.announce(ShiftNotesChanged())
    return Outcome()


@command(permission="tickets.create")
def write_tickets(ctx: Context, tx: Transaction, facts: Sequence[TicketFact], ids: dict[int, int]) -> Outcome:
    """Play a run of tickets from registration to their present state.

    `ids` maps numbers of tickets written before to their ids, for duplicates; what is written is added to
    it. The plan's numbers are kept, so `facts` continue where the run before ended.
    """
    names = load_names(tx)
    site = load_config(tx)
    if facts:
        _raise_counter(tx, "ticket", facts[0].number - 1)
    for fact in facts:
        ids[fact.number] = play_ticket(ctx, tx, site, names, fact, ids)
    return Outcome()


def _raise_counter(tx: Transaction, name: str, value: int) -> None:
    """Let the next number of a counter be at least `value` + 1."""
    tx.execute(
        "INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
        " SET value = CASE WHEN counter.value < excluded.value THEN excluded.value ELSE counter.value END",
        (name, value),
    )
