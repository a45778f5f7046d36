"""Which column of a file of calls holds what: headings of telephone systems, in English and Chinese. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.models.entities.errors import BadInput
from app.models.entities.staffing import SheetOfCalls


class Part(StrEnum):
    """What a column can hold. A mean is of the answered calls; sums are of all of them."""

    WHEN = "when"
    DATE = "date"
    HOUR = "hour"
    OFFERED = "offered"
    ANSWERED = "answered"
    ABANDONED = "abandoned"
    TALK = "talk"
    TALK_MEAN = "talk_mean"
    AFTER = "after"
    AFTER_MEAN = "after_mean"
    RING = "ring"
    RING_MEAN = "ring_mean"


_HEADINGS: Mapping[Part, str] = {
    Part.WHEN: "start|starts at|start time|interval|interval start|date time|datetime|timestamp|call time"
    "|called at|received|received at|开始|开始时间|起始时间|时间|时间段|来电时间|呼入时间|呼叫时间|日期时间",
    Part.DATE: "date|day|call date|日期|来电日期|呼叫日期",
    Part.HOUR: "hour|hour of day|time|小时|时段|时刻|钟点",
    Part.OFFERED: "offered|calls|calls offered|offered calls|incoming|incoming calls|total|total calls"
    "|received calls|来电|来电量|来电数|来电总数|呼入|呼入量|呼入数|呼入总数|呼叫量|呼叫数|受理量|总量|总数",
    Part.ANSWERED: "answered|calls answered|answered calls|handled|calls handled|was answered|result|status"
    "|disposition|接听|接听量|接听数|已接|已接量|接通|接通量|接通数|应答|应答量|应答数|是否接听|是否接通|接听状态|结果|状态",
    Part.ABANDONED: "abandoned|calls abandoned|abandoned calls|lost|lost calls|missed|missed calls"
    "|放弃|放弃量|放弃数|未接|未接量|未接数|呼损|呼损量|呼损数",
    Part.TALK: "talk|talk s|talk time|talk seconds|talk sum|total talk|total talk time|duration|call duration"
    "|通话|通话时长|通话秒数|通话时间|总通话时长|通话总时长|时长",
    Part.TALK_MEAN: "talk mean|mean talk|average talk|avg talk|average talk time|avg talk time|att|aht"
    "|average handle time|average handling time|平均通话|平均通话时长|平均通话时间|平均处理时长",
    Part.AFTER: "after|after call work|after call|after seconds|after work|acw|wrap up|wrap up time"
    "|话后|话后处理|话后处理时长|话后时长|整理时长|事后处理时长",
    Part.AFTER_MEAN: "after mean|mean after call work|average after call work|average acw|avg acw|mean acw"
    "|平均话后处理时长|平均话后时长|平均整理时长",
    Part.RING: "ring|ring s|ring time|ring seconds|wait|wait time|waiting time|queue time"
    "|振铃|振铃时长|振铃秒数|等待时长|排队时长",
    Part.RING_MEAN: "ring mean|mean ring|average ring|asa|average speed of answer|average wait"
    "|平均应答时间|平均振铃时长|平均等待时长|平均应答速度",
}
_PARTS = {name: part for part, names in _HEADINGS.items() for name in names.split("|")}
_UNIT = re.compile(r"[(\[](.*?)[)\]]")
_MINUTES = frozenset({"min", "mins", "minute", "minutes", "分", "分钟"})
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each part stands, which of them are in minutes, what a row counts, and what nobody knows."""

    at: Mapping[Part, int]
    in_minutes: frozenset[Part]
    kind: SheetOfCalls
    ignored: tuple[str, ...]


def columns_of(heads: Sequence[str], line: int) -> Columns:
    """Return what a heading says. Rows count hours where a column says how many calls there were.

    Raises:
        BadInput: `staffing.no_time` (no column of times), `staffing.no_calls` (neither how many calls, nor
            whether each was answered), `staffing.column_twice`.
    """
    at: dict[Part, int] = {}
    in_minutes: set[Part] = set()
    ignored: list[str] = []
    for place, head in enumerate(heads):
        name, unit = _read_head(head)
        part = _PARTS.get(name)
        if part is None:
            if name:
                ignored.append(head.strip()[:_SHOWN])
            continue
        if part in at:
            raise BadInput("staffing.column_twice", line=line, column=head.strip()[:_SHOWN])
        at[part] = place
        if unit in _MINUTES:
            in_minutes.add(part)
    if Part.WHEN not in at and Part.DATE not in at:
        raise BadInput("staffing.no_time", line=line)
    is_hours = Part.OFFERED in at or Part.ABANDONED in at
    if not is_hours and Part.ANSWERED not in at:
        raise BadInput("staffing.no_calls", line=line)
    kind = SheetOfCalls.HOURS if is_hours else SheetOfCalls.CALLS
    return Columns(at, frozenset(in_minutes), kind, tuple(ignored))


def _read_head(head: str) -> tuple[str, str]:
    """Return a heading's words, and the unit in brackets after it: ("talk time", "min")."""
    text = unicodedata.normalize("NFKC", head).casefold().replace("_", " ").replace("-", " ")
    unit = _UNIT.search(text)
    words = " ".join(_UNIT.sub(" ", text).split())
    return words, unit[1].strip() if unit else ""
