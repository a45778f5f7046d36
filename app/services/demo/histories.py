"""What happened to one ticket of the demo: who took it, what they wrote, when it was solved. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.models.entities.tickets import Channel, Confirmation
from app.services.calendars.rules import add_working_time
from app.services.demo.content import OpenTicket, TicketTemplate, TicketTexts
from app.services.demo.facts import Step, StepAction
from app.services.demo.promises import Promise, Promises
from app.services.demo.promising import facts_of_finished, facts_of_open
from app.services.demo.rostering import Duty

_FIRST = "first"
_LATE_SHARE = 0.09
_WAITING_SHARE = 0.12
_REFUSED_SHARE = 0.03
_NO_REPLY_SHARE = 0.12
_CANCELLED_SHARE = 0.03
_AUTO_CLOSE = 3  # working days after the solution
_LIVE = frozenset({Channel.PHONE, Channel.VISIT, Channel.MONITORING})

_SAID = {
    "received": {
        "en": "Thank you for your message. We are looking into it and will be back soon.",
        "zh_CN": "您好，已收到您的反馈，正在处理，稍后与您联系。",
    },
    "tried": {
        "en": "Asked for the exact message and tried the steps of the article; not solved at the desk.",
        "zh_CN": "已询问具体提示并按知识条目尝试，一线未能解决。",
    },
    "confirmed": {"en": "Called back: works, may be closed.", "zh_CN": "已回访，用户确认恢复，可以关闭。"},
    "refused": {
        "en": "Called back: it happened again this morning.",
        "zh_CN": "回访时用户反映今天早上又出现，继续处理。",
    },
    "cancelled": {
        "en": "User called again: solved by itself.",
        "zh_CN": "用户来电说已自行恢复，撤回申请。",
    },
    "waiting": {"en": "Asked the user for details.", "zh_CN": "已请用户补充信息，等待答复。"},
    "answered": {"en": "User sent the details.", "zh_CN": "用户已补充信息。"},
    "same": {"en": "Same fault as in the other ticket.", "zh_CN": "与另一工单为同一故障。"},
}


@dataclass(frozen=True, slots=True)
class Case:
    """A registered ticket whose story is to be told."""

    template: TicketTemplate
    texts: TicketTexts
    language: str
    channel: Channel
    agent: str
    created_at: datetime
    promise: Promise


class Storyteller:
    """Tells what happened after registration; the same seed tells the same."""

    def __init__(self, random: Random, duty: Duty, promises: Promises, until: datetime) -> None:
        self._random = random
        self._duty = duty
        self._promises = promises
        self._until = until

    def finished(self, case: Case) -> tuple[Step, ...]:
        """Return the steps of a ticket that is solved before `until`; it may still wait for confirmation."""
        if case.template.out_of_scope:
            at = self._later(case.created_at, 1, 4)
            return (Step(at, case.agent, StepAction.OUT_OF_SCOPE, text=case.texts.solution),)
        if case.template.first_contact and case.channel in _LIVE:
            return (self._solve_now(case),)
        if self._random.random() < _CANCELLED_SHARE:
            return self._cancelled(case)
        story = _in_order(self._whole_story(case))
        return _in_order((*story, *facts_of_finished(case.template, case.created_at, story)))

    def duplicate(self, case: Case) -> tuple[Step, ...]:
        """Return the step that ends a report of something already known; the number is filled in later."""
        at = self._later(case.created_at, 2, 4)
        return (Step(at, case.agent, StepAction.DUPLICATE, text=self._said("same", case)),)

    def unfinished(self, case: Case, wanted: OpenTicket) -> tuple[Step, ...]:
        """Return the steps that leave a ticket in the state the demo wants at `until`."""
        if wanted.state == "new":
            return ()
        steps = [*self._answered(case), *self._handed_to(case, wanted)]
        if wanted.state == "assigned":
            facts = facts_of_open(wanted, case.agent, case.created_at, self._until)
            return _in_order((*steps[:-1], *facts))  # sent out, not yet begun
        if wanted.state == "waiting":
            at = max(case.promise.at(case.created_at, self._random.uniform(0.2, 0.5)), steps[-1].at)
            if case.texts.note:
                steps.append(Step(at, wanted.assignee, StepAction.NOTE, text=case.texts.note))
            at = self._later(at, 3, 9)
            steps.append(Step(at, wanted.assignee, StepAction.WAIT, reason=wanted.reason))
        elif wanted.steps:
            steps.extend(self._written(wanted))
        elif case.texts.note:
            middle = case.created_at + (self._until - case.created_at) * self._random.uniform(0.6, 0.95)
            steps.append(
                Step(max(middle, steps[-1].at), wanted.assignee, StepAction.NOTE, text=case.texts.note)
            )
        steps.extend(facts_of_open(wanted, case.agent, case.created_at, self._until))
        return _in_order(step for step in steps if step.at <= self._until)

    # ------------------------------------------------------------ parts of a story

    def _later(self, at: datetime, least: float, most: float) -> datetime:
        """Return some whole second `least` to `most` minutes after `at`."""
        return at + timedelta(seconds=self._random.randint(int(least * 60), int(most * 60)))

    def _said(self, what: str, case: Case) -> str:
        return _SAID[what][case.language]

    def _solve_now(self, case: Case) -> Step:
        return self._solution(case, self._later(case.created_at, 2, 9), case.agent, StepAction.SOLVE_NOW)

    def _solution(self, case: Case, at: datetime, actor: str, action: StepAction) -> Step:
        template = case.template
        is_desk = template.team in {_FIRST, "field"}
        return Step(
            at,
            actor,
            action,
            text=case.texts.solution,
            cause=template.cause,
            resolution=template.resolution,
            line=1 if is_desk else 3 if template.team == "third" else 2,
            article=template.article_in(case.language),
            confirmation=Confirmation.CONFIRMED if action is StepAction.SOLVE_NOW else None,
        )

    def _cancelled(self, case: Case) -> tuple[Step, ...]:
        at = min(self._later(case.created_at, 15, 90), self._until)
        return (Step(at, case.agent, StepAction.CANCEL, text=self._said("cancelled", case)),)

    def _answered(self, case: Case) -> Iterator[Step]:
        """What was not reported live gets an answer within minutes."""
        if case.channel not in _LIVE:
            at = self._later(case.created_at, 1, 4)
            yield Step(at, case.agent, StepAction.REPLY, text=self._said("received", case))

    def _taken(self, case: Case) -> Iterator[Step]:
        at = self._later(case.created_at, 0.5, 1)
        yield Step(at, case.agent, StepAction.ASSIGN, team=_FIRST, assignee=case.agent)
        yield Step(self._later(at, 0.2, 0.5), case.agent, StepAction.START)

    def _handed_to(self, case: Case, wanted: OpenTicket) -> list[Step]:
        """From the agent's hands to the person who has it at the end; the last step is their start."""
        steps = list(self._taken(case))
        if wanted.assignee == case.agent and wanted.team == _FIRST:
            return steps
        at = self._later(steps[-1].at, 3, 8)
        team = wanted.team or _FIRST
        if team != _FIRST:
            steps.append(Step(at, case.agent, StepAction.NOTE, text=self._said("tried", case)))
            at = self._later(at, 0.5, 1)
        steps.append(Step(at, case.agent, StepAction.ASSIGN, team=team, assignee=wanted.assignee))
        steps.append(Step(self._later(at, 2, 6), wanted.assignee, StepAction.START))
        return steps

    def _written(self, wanted: OpenTicket) -> Iterator[Step]:
        for row in wanted.steps:
            at = self._until - timedelta(minutes=row["minutes_ago"])
            yield Step(at, row["actor"], StepAction(row["action"]), text=row["text"])

    def _whole_story(self, case: Case) -> Iterator[Step]:
        yield from self._answered(case)
        yield from self._taken(case)
        solver, solved_at = case.agent, self._solved_at(case)
        begun = self._later(case.created_at, 2, 5)
        if case.template.team != _FIRST:
            solver = self._solver(case)
            # What must go on goes on early, so that enough of the promised time is left for the solver.
            at = min(self._later(begun, 2, 12), begun + (solved_at - begun) / 4)
            yield Step(at, case.agent, StepAction.NOTE, text=self._said("tried", case))
            yield Step(at, case.agent, StepAction.ASSIGN, team=case.template.team, assignee=solver)
            begun = at + (solved_at - at) / 4
            yield Step(_whole(begun), solver, StepAction.START)
        if case.texts.note:
            at = _whole(begun + (solved_at - begun) / 3)
            yield Step(at, solver, StepAction.NOTE, text=case.texts.note)
        if self._random.random() < _WAITING_SHARE:
            at = _whole(begun + (solved_at - begun) / 2)
            until = _whole(at + (solved_at - at) / 2)
            yield Step(at, solver, StepAction.NOTE, text=self._said("waiting", case))
            yield Step(at, solver, StepAction.WAIT, reason="user-reply")
            yield Step(until, solver, StepAction.RESUME)
            yield Step(until, solver, StepAction.NOTE, text=self._said("answered", case))
        yield self._solution(case, solved_at, solver, StepAction.RESOLVE)
        yield from self._ending(case, solver, solved_at)

    def _solved_at(self, case: Case) -> datetime:
        """Return when it was solved: mostly in time, sometimes late, always before `until`."""
        is_late = self._random.random() < _LATE_SHARE
        fraction = self._random.uniform(1.05, 1.8) if is_late else self._random.triangular(0.08, 0.92, 0.3)
        possible = case.promise.used(case.created_at, self._until)
        earliest = case.created_at + timedelta(minutes=20)
        solved_at = case.promise.at(case.created_at, min(fraction, possible * 0.9))
        return min(max(solved_at, earliest), self._until - timedelta(minutes=2))

    def _solver(self, case: Case) -> str:
        team = case.template.team
        people = self._duty.at_work(team, case.created_at) or self._duty.members(team)
        return self._random.choice(people)

    def _ending(self, case: Case, solver: str, solved_at: datetime) -> Iterator[Step]:
        if self._random.random() < _NO_REPLY_SHARE:
            at = self._promises.auto_close_at(solved_at, _AUTO_CLOSE)
            if at <= self._until:
                yield Step(at, None, StepAction.CLOSE, confirmation=Confirmation.NO_REPLY)
            return
        asked_at = self._asked_at(solved_at)
        if asked_at > self._until:
            return
        agent = self._agent(asked_at, case.agent)
        if self._random.random() < _REFUSED_SHARE and asked_at + timedelta(hours=5) <= self._until:
            yield Step(asked_at, agent, StepAction.REFUSE, text=self._said("refused", case))
            solved_at = self._later(asked_at, 40, 120)
            yield self._solution(case, solved_at, solver, StepAction.RESOLVE)
            asked_at = self._later(solved_at, 30, 120)
            agent = self._agent(asked_at, case.agent)
        yield Step(
            asked_at,
            agent,
            StepAction.CONFIRM,
            text=self._said("confirmed", case),
            confirmation=Confirmation.CONFIRMED,
        )
        yield Step(asked_at + timedelta(seconds=20), agent, StepAction.CLOSE)

    def _asked_at(self, solved_at: datetime) -> datetime:
        """People are asked in office hours, one to nine working hours after the solution."""
        minutes = self._random.randint(60, 9 * 60)
        return add_working_time(self._promises.office, solved_at, timedelta(minutes=minutes))

    def _agent(self, at: datetime, otherwise: str) -> str:
        people = self._duty.at_work(_FIRST, at)
        return otherwise if otherwise in people or not people else self._random.choice(people)


def _in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    return tuple(sorted(steps, key=lambda step: step.at))


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=0)
