"""The demo site from a seed: the same arguments always give the same plan. Pure; reads no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.models.entities.tickets import Channel, TicketType
from app.services.demo.content import (
    LANGUAGES,
    ArticleText,
    DemoContent,
    OpenTicket,
    Requester,
    TicketTemplate,
    TicketTexts,
)
from app.services.demo.facts import ArticleFact, DemoPlan, NoteFact, Step, StepAction, TicketFact
from app.services.demo.histories import Case, Storyteller
from app.services.demo.promises import Promises
from app.services.demo.reading import read_content
from app.services.demo.rostering import Duty, is_workday, plan_roster

SITE_ZONE = ZoneInfo("Asia/Shanghai")
DEFAULT_SEED = 10482
DEFAULT_DAYS = 30
DEFAULT_TICKETS = 900
DEFAULT_UNTIL = datetime(2026, 4, 16, 14, 2, tzinfo=SITE_ZONE).astimezone(UTC)
# The first open ticket of the files, the one the pictures show, gets this number.
SHOWN_NUMBER = 10482

# Reports by hour of the day: a peak before noon, a smaller one in the afternoon, a few at night.
_BY_HOUR = (1, 1, 1, 1, 1, 2, 4, 14, 44, 52, 42, 30, 14, 34, 40, 36, 30, 20, 10, 6, 5, 4, 3, 2)
_QUIET_DAY = 0.22  # weekends and holidays against a workday
_CHANNELS = {Channel.PHONE: 58, Channel.EMAIL: 16, Channel.WEB: 14, Channel.VISIT: 8, Channel.VOICEMAIL: 4}
_CHINESE_SHARE = 0.5
_LAST_MINUTES = timedelta(minutes=32)  # what came in later than this is told by the open tickets


@dataclass(frozen=True, slots=True)
class _Draft:
    """A ticket before all are sorted and numbered; `twin_of` is the draft it repeats."""

    fact: TicketFact
    twin_of: TicketFact | None = None


def plan_demo(
    seed: int = DEFAULT_SEED,
    days: int = DEFAULT_DAYS,
    tickets: int = DEFAULT_TICKETS,
    until: datetime = DEFAULT_UNTIL,
    content: DemoContent | None = None,
) -> DemoPlan:
    """Plan a site whose last `days` days brought about `tickets` tickets, and whose clock says `until`.

    Nothing in the plan is later than `until` except the rest of that month's roster. The open tickets of
    the files are always there, so there are never fewer than those.

    Raises:
        BadInput: `demo.reference_unknown`: the files do not fit together.
        ValueError: `until` is naive, or `days` is not positive.
    """
    if until.utcoffset() is None or days < 1:
        raise ValueError("a demo needs an instant with a zone, and at least one day")
    content = content or read_content()
    until = until.astimezone(UTC).replace(microsecond=0)
    return _Planner(content, Random(seed), days, until).plan(tickets)


class _Planner:
    """Holds what all parts of one plan share."""

    def __init__(self, content: DemoContent, random: Random, days: int, until: datetime) -> None:
        self._content = content
        self._random = random
        self._until = until
        self._today = until.astimezone(SITE_ZONE).date()
        self._first_day = self._today - timedelta(days=days)
        first = (self._first_day - timedelta(days=1)).replace(day=1)
        self._assignments = plan_roster(content, first, _end_of_month(self._today))
        self._duty = Duty(content, self._assignments, SITE_ZONE)
        self._promises = Promises(content.defaults, content.roster.holidays)
        self._stories = Storyteller(random, self._duty, self._promises, until)
        self._requesters = {requester.key: requester for requester in content.requesters}
        self._departments = {department.code: department for department in content.departments}

    def plan(self, tickets: int) -> DemoPlan:
        """Put the parts together."""
        content = self._content
        open_drafts = [draft for wanted in content.open_tickets for draft in self._open_ticket(wanted)]
        arrivals = self._arrivals(max(tickets - len(open_drafts), 0))
        drafts = [*open_drafts, *(_Draft(self._finished_ticket(at)) for at in arrivals)]
        return DemoPlan(
            until=self._until,
            companies=content.companies,
            departments=content.departments,
            staff=content.staff,
            requesters=content.requesters,
            articles=tuple(map(self._article, content.articles)),
            tickets=_numbered(drafts, shown=open_drafts[0] if open_drafts else None),
            assignments=self._assignments,
            notes=tuple(self._notes()),
        )

    # ------------------------------------------------------------ tickets

    def _arrivals(self, count: int) -> list[datetime]:
        length = (self._today - self._first_day).days + 1
        hours = [(self._first_day + timedelta(days=at), hour) for at in range(length) for hour in range(24)]
        weights = [self._weight(day, hour) for day, hour in hours]
        if not any(weights):
            return []
        chosen = self._random.choices(hours, weights, k=count)
        return sorted(
            _local(day, hour) + timedelta(seconds=self._random.randrange(3600)) for day, hour in chosen
        )

    def _weight(self, day: date, hour: int) -> float:
        if _local(day, hour) + timedelta(hours=1) > self._until - _LAST_MINUTES:
            return 0.0
        return _BY_HOUR[hour] * (1.0 if is_workday(self._content.roster, day) else _QUIET_DAY)

    def _finished_ticket(self, at: datetime) -> TicketFact:
        language = LANGUAGES[1] if self._random.random() < _CHINESE_SHARE else LANGUAGES[0]
        template = self._random.choices(list(self._content.templates.values()), self._template_weights())[0]
        is_monitoring = template.type is TicketType.MONITORING
        channel = Channel.MONITORING if is_monitoring else self._channel()
        requester = None if is_monitoring else self._requester(template, language)
        created_at = at + timedelta(seconds=self._random.randint(45, 170))
        case, fact = self._registered(template, language, requester, channel, at, created_at, {})
        return replace(fact, steps=self._stories.finished(case))

    def _template_weights(self) -> list[float]:
        # Great outages are rare, what is solved on the first call is frequent.
        return [
            (2.0 if template.first_contact else 1.0) * (0.2 if template.impact <= 2 else 1.0)
            for template in self._content.templates.values()
        ]

    def _channel(self) -> Channel:
        return self._random.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]

    def _requester(self, template: TicketTemplate, language: str) -> Requester:
        wanted = [
            departments
            for prefix, departments in self._content.callers.items()
            if template.category.startswith(prefix)
        ]
        speaking = [person for person in self._content.requesters if person.language == language]
        fitting = [person for person in speaking if not wanted or person.department in wanted[0]]
        return self._random.choice(fitting or speaking)

    def _open_ticket(self, wanted: OpenTicket) -> Iterator[_Draft]:
        template = self._content.templates[wanted.template]
        if wanted.impact:
            template = replace(template, impact=wanted.impact, urgency=wanted.urgency)
        channel = Channel(wanted.channel)
        requester = self._requesters.get(wanted.requester)
        if requester is None and channel is not Channel.MONITORING:
            requester = self._requester(template, wanted.lang)
        at = self._began_at(template, wanted)
        case, fact = self._registered(template, wanted.lang, requester, channel, at, at, wanted.fill)
        fact = replace(fact, steps=self._stories.unfinished(case, wanted))
        yield _Draft(fact)
        for count, key in enumerate(wanted.duplicates, 1):
            later = at + timedelta(minutes=7 * count)
            twin = self._requesters[key]
            case, repeated = self._registered(template, wanted.lang, twin, channel, later, later, wanted.fill)
            yield _Draft(replace(repeated, steps=self._stories.duplicate(case)), twin_of=fact)

    def _began_at(self, template: TicketTemplate, wanted: OpenTicket) -> datetime:
        if wanted.state == "waiting":
            day = self._today - timedelta(days=wanted.days)
            while not is_workday(self._content.roster, day):
                day -= timedelta(days=1)
            return _local(day, 9) + timedelta(seconds=self._random.randrange(2 * 3600))
        promise = self._promises.resolution(template.type, template.impact, template.urgency)
        return promise.start_for(timedelta(minutes=wanted.remaining), self._until)

    def _registered(
        self,
        template: TicketTemplate,
        language: str,
        requester: Requester | None,
        channel: Channel,
        received_at: datetime,
        created_at: datetime,
        chosen: Mapping[str, int],
    ) -> tuple[Case, TicketFact]:
        texts = self._filled(template.texts[language], language, chosen)
        agents = self._duty.at_work("first", received_at) or self._duty.members("first")
        agent = self._random.choices(agents, [3] * (len(agents) - 1) + [1])[0]
        promise = self._promises.resolution(template.type, template.impact, template.urgency)
        fact = TicketFact(
            number=0,
            template=template.key,
            language=language,
            type=template.type,
            channel=channel,
            subject=texts.subject,
            description=texts.description,
            requester=requester.key if requester else None,
            owner=agent,
            category=template.category,
            service=template.service,
            location=requester.location if requester else "",
            impact=template.impact,
            urgency=template.urgency,
            received_at=received_at,
            created_at=created_at,
            is_proactive=channel is Channel.MONITORING,
            steps=(),
        )
        return Case(template, texts, language, channel, agent, created_at, promise), fact

    def _filled(self, texts: TicketTexts, language: str, chosen: Mapping[str, int]) -> TicketTexts:
        values = {
            name: by_language[language][chosen.get(name, self._random.randrange(len(by_language[language])))]
            for name, by_language in self._content.fill.items()
        }
        return TicketTexts(
            subject=_sentence(texts.subject.format_map(values)),
            description=_sentence(texts.description.format_map(values)),
            solution=_sentence(texts.solution.format_map(values)),
            note=_sentence(texts.note.format_map(values)),
        )

    # ------------------------------------------------------------ the rest

    def _article(self, article: ArticleText) -> ArticleFact:
        second_line = self._duty.members("apps") + self._duty.members("systems")
        author = self._random.choice(second_line)
        updated = self._until - timedelta(days=self._random.randint(3, 150), hours=self._random.randint(0, 6))
        helped = self._random.randint(6, 90)
        return ArticleFact(
            article,
            author,
            reviewer=next(login for login in second_line if login != author),
            created_at=updated - timedelta(days=self._random.randint(20, 300)),
            updated_at=updated,
            helped=helped,
            not_helped=self._random.randint(0, helped // 5),
        )

    def _notes(self) -> Iterator[NoteFact]:
        for note in self._content.notes:
            day = self._today - timedelta(days=note.days_ago)
            at = _local(day, 13 if note.shift == "D" else 23) + timedelta(minutes=self._random.randint(1, 50))
            language = LANGUAGES[self._random.random() < _CHINESE_SHARE]
            yield NoteFact(
                day, note.shift, note.author, note.texts[language], min(at, self._until), note.done
            )


def _numbered(drafts: Sequence[_Draft], shown: _Draft | None) -> tuple[TicketFact, ...]:
    """Sort by registration and number without gaps, so that the shown ticket gets SHOWN_NUMBER."""
    ordered = sorted(drafts, key=lambda draft: (draft.fact.created_at, draft.fact.subject))
    place = {id(draft.fact): at for at, draft in enumerate(ordered)}
    first = max(SHOWN_NUMBER - (place[id(shown.fact)] if shown else 0), 1)
    return tuple(
        replace(draft.fact, number=first + at, steps=_pointing_at(draft, first, place))
        for at, draft in enumerate(ordered)
    )


def _pointing_at(draft: _Draft, first: int, place: dict[int, int]) -> tuple[Step, ...]:
    if draft.twin_of is None:
        return draft.fact.steps
    number = first + place[id(draft.twin_of)]
    return tuple(
        replace(step, duplicate_of=number) if step.action is StepAction.DUPLICATE else step
        for step in draft.fact.steps
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _local(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), SITE_ZONE).astimezone(UTC)


def _end_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
