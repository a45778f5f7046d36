"""What a step that fired does to its ticket: a line in the log, a move, another team."""

from __future__ import annotations

from app.models.entities.tickets import Confirmation, EventKind, Move, TicketStatus
from app.models.transactions import Transaction
from app.services.base.texts import Texts, mark
from app.services.escalation.steps import DueKind, DueStep
from app.services.settings import declared
from app.services.tickets.forecast_queries import next_line_team, retired_teams
from app.services.tickets.moving import given_to
from app.services.tickets.recording import Recorder, as_text
from app.services.tickets.rules import GateFacts, check_gate

_DEEDS = frozenset({DueKind.AUTO_RESOLVE, DueKind.AUTO_CLOSE})
# Of the shipped code lists: nobody could be asked for the cause.
_CAUSE_UNKNOWN = "unknown"
_NO_ANSWER = mark("No answer after {count} follow-ups; resolved without one.")
_SYSTEM = "system"


def is_deed(step: DueStep) -> bool:
    """Tell whether a step changes the ticket itself, as a person's action would."""
    return step.kind in _DEEDS or (step.rule is not None and step.rule.to_next_line)


def rise_line(recorder: Recorder, step: DueStep) -> None:
    """Record that the effective priority climbed; the base priority stays what it is (S3-22)."""
    old, new = step.priorities
    detail: dict[str, object] = {"percent": step.percent, "by": _SYSTEM}
    recorder.add(EventKind.ESCALATED, name="rise", old=str(old), new=str(new), detail=detail)


def record_deed(tx: Transaction, recorder: Recorder, step: DueStep) -> bool:
    """Record what a step does to its ticket; tell whether it did anything.

    Raises:
        RuleViolation: a gate refuses it.
    """
    if step.kind is DueKind.AUTO_RESOLVE:
        _resolve(tx, recorder, step)
    elif step.kind is DueKind.AUTO_CLOSE:
        _close(tx, recorder)
    else:
        return _send_on(tx, recorder, step)
    return True


def _send_on(tx: Transaction, recorder: Recorder, step: DueStep) -> bool:
    ticket = recorder.ticket
    old = recorder.value("team_id")
    team = next_line_team(recorder.site, ticket.category_id, old, retired_teams(tx))  # type: ignore[arg-type]
    if team is None:
        return False  # nobody is left to send it to: people are only told
    # What a category demands is demanded of people: a program has nobody to ask.
    best, why = given_to(recorder, team)
    recorder.change("team_id", team)
    recorder.change("assignee_id", best, detail=why)
    if recorder.status is not TicketStatus.WAITING:
        # For what a ticket waits has nothing to do with whose it is: that goes on.
        recorder.move(Move.ASSIGN)
    detail: dict[str, object] = {"step": step.code, "percent": step.percent, "by": _SYSTEM}
    recorder.add(EventKind.ESCALATED, name="line", old=as_text(old), new=as_text(team), detail=detail)
    return True


def _resolve(tx: Transaction, recorder: Recorder, step: DueStep) -> None:
    texts = Texts(recorder.site.settings[declared.LANGUAGE])
    solution = texts.gettext(_NO_ANSWER).format(count=step.count)
    values: dict[str, object] = {
        "solution": solution,
        "cause_code": _CAUSE_UNKNOWN,
        "resolution_code": "",
        "resolved_line": recorder.site.team_lines.get(recorder.value("team_id"), 1),  # type: ignore[call-overload]
        "article_id": None,
        "no_article_fits": True,
    }
    before = {name: recorder.value(name) for name in values}
    for name, value in values.items():
        recorder.set(name, value)
    recorder.set("resolved_at", tx.now)
    # As a person's solution is logged, so that it is taken back like one.
    recorder.add(EventKind.SOLUTION, new=solution, detail={"set": values, "before": before, "by": _SYSTEM})
    recorder.move(Move.RESOLVE, detail={"by": _SYSTEM})


def _close(tx: Transaction, recorder: Recorder) -> None:
    answer = recorder.value("confirmation")
    if answer is Confirmation.REFUSED:
        answer = None  # a "no" to an earlier solution: this one was not answered
    check_gate(Move.CLOSE, GateFacts(confirmation=answer, is_auto_close=True))  # type: ignore[arg-type]
    recorder.set("confirmation", Confirmation.NO_REPLY)
    detail: dict[str, object] = {"by": _SYSTEM, "channel": "internal", "note": ""}
    recorder.add(EventKind.CONFIRMATION, new=Confirmation.NO_REPLY.value, detail=detail)
    recorder.move(Move.CLOSE, detail={"by": _SYSTEM})
    recorder.set("closed_at", tx.now)
