"""Writing people inside a transaction: what commands, set-up and imports share."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.models.entities.errors import BadInput, NotFound
from app.models.entities.events import PeopleChanged
from app.models.entities.ids import PersonId, TeamId
from app.models.entities.people import PersonDetails, PhoneNumber
from app.models.transactions import Reader, Transaction
from app.services.people import rules
from app.services.search import index
from app.services.search.index import SearchTable


def insert_person(tx: Transaction, details: PersonDetails) -> PersonId:
    """Add a person with numbers and search words, and their company and department where new.

    Raises:
        BadInput: what `rules.check_details` and `rules.dialled` raise, `people.login_taken`,
            `people.source_taken`.
    """
    kept = rules.check_details(details)
    phones = rules.phone_numbers(kept.phones)
    _refuse_taken(tx, kept, 0)
    person_id = PersonId(tx.insert("person", _columns(tx, kept)))
    _write_phones(tx, person_id, phones)
    index.put(tx, SearchTable.PEOPLE, person_id, rules.search_text(kept, phones))
    tx.announce(PeopleChanged(frozenset({person_id})))
    return person_id


def update_person(tx: Transaction, person_id: PersonId, details: PersonDetails, version: int) -> int:
    """Write all typed facts of a person where nobody saved them since `version`; return the new version.

    Raises:
        BadInput: as `insert_person`.
        StaleRecord: somebody saved the person meanwhile.
    """
    kept = rules.check_details(details)
    phones = rules.phone_numbers(kept.phones)
    _refuse_taken(tx, kept, person_id)
    new = tx.update_versioned("person", person_id, version, _columns(tx, kept))
    tx.execute("DELETE FROM phone_number WHERE person_id = ?", (person_id,))
    _write_phones(tx, person_id, phones)
    index.put(tx, SearchTable.PEOPLE, person_id, rules.search_text(kept, phones))
    tx.announce(PeopleChanged(frozenset({person_id})))
    return new


def _write_phones(tx: Transaction, person_id: PersonId, phones: Sequence[PhoneNumber]) -> None:
    if phones:
        tx.execute_many(
            "INSERT INTO phone_number (person_id, kind, number, digits) VALUES (?, ?, ?, ?)",
            [(person_id, phone.kind.value, phone.number, phone.digits) for phone in phones],
        )


def _columns(tx: Transaction, details: PersonDetails) -> dict[str, object]:
    company_id = company_named(tx, details.company) if details.company else None
    return {
        "name": details.name,
        "name_alt": details.name_alt,
        "login": details.login or None,
        "email": details.email,
        "company_id": company_id,
        "department_id": department_named(tx, company_id, details.department),
        "location": details.location,
        "title": details.title,
        "language": details.language,
        "is_vip": details.is_vip,
        "is_staff": details.is_staff,
        "source_key": details.source_key or None,
    }


def company_named(tx: Transaction, name: str) -> int:
    """Return the company of this name, made where it is new."""
    found = tx.value("SELECT id FROM company WHERE name = ?", (name,))
    return int(found) if found is not None else tx.insert("company", {"name": name})


def department_named(tx: Transaction, company_id: int | None, name: str) -> int | None:
    """Return the company's department of this name, made where it is new; None without name or company."""
    if company_id is None or not name:
        return None
    found = tx.value("SELECT id FROM department WHERE company_id = ? AND name = ?", (company_id, name))
    return (
        int(found) if found is not None else tx.insert("department", {"company_id": company_id, "name": name})
    )


def _refuse_taken(read: Reader, details: PersonDetails, person_id: int) -> None:
    if details.login and read.one(
        "SELECT 1 FROM person WHERE login = ? AND id <> ?", (details.login, person_id)
    ):
        raise BadInput("people.login_taken", login=details.login)
    if details.source_key and read.one(
        "SELECT 1 FROM person WHERE source_key = ? AND id <> ?", (details.source_key, person_id)
    ):
        raise BadInput("people.source_taken", source_key=details.source_key)


def write_members(tx: Transaction, team_id: TeamId, member_ids: Collection[PersonId], version: int) -> int:
    """Let a team have these members; return its new version. NotFound `people.not_found`, StaleRecord."""
    for person_id in member_ids:
        if tx.one("SELECT 1 FROM person WHERE id = ? AND is_staff = true", (person_id,)) is None:
            raise NotFound("people.not_found", id=person_id)
    new = tx.update_versioned("team", team_id, version, {})
    tx.execute("DELETE FROM team_member WHERE team_id = ?", (team_id,))
    tx.execute_many(
        "INSERT INTO team_member (team_id, person_id) VALUES (?, ?)",
        [(team_id, person_id) for person_id in sorted(set(member_ids))],
    )
    tx.announce(PeopleChanged())
    return new
