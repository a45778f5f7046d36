"""The filters a person may type, with the English and Chinese words for each field and value. Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

ME = "me"
NOBODY = "none"


class FieldKind(StrEnum):
    """What may stand behind the colon, and which comparisons make sense."""

    CHOICE = "choice"  # one of a fixed list
    NAME = "name"  # a code or a name that an admin set up; resolved later
    NUMBER = "number"  # ordered, compared
    FLAG = "flag"  # yes or no
    TIME = "time"  # a span from now, a date, or a named day


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One filter field: its name in code, other words for it, and its values if the list is fixed.

    `values` maps every accepted word (already folded by `norm`) to the value kept in a `FilterTerm`.
    """

    name: str
    kind: FieldKind
    words: tuple[str, ...]
    values: dict[str, str] = field(default_factory=dict)


def _choices(**words: str) -> dict[str, str]:
    """Every value is a word for itself; further words stand behind it, separated by spaces."""
    return {
        word: value
        for value, others in words.items()
        for word in (value, value.replace("_", "-"), *others.split())
    }


_STATUS = _choices(
    open="未结 未关闭 active unresolved",
    ended="已结束 done finished",
    new="新建",
    assigned="已分派 待接单 dispatched 已派工",
    in_progress="处理中 inprogress progress",
    waiting="挂起 等待 等待中 paused hold pending",
    resolved="已解决 solved",
    closed="已关闭",
    cancelled="已取消 canceled",
    out_of_scope="不在服务范围 outofscope",
    duplicate="重复工单 重复",
)
_TYPE = _choices(
    incident="故障 事件 fault",
    request="服务请求 请求",
    inquiry="咨询 question",
    complaint="投诉",
    monitoring="监控事件 监控",
)
_CHANNEL = _choices(
    phone="电话 call",
    web="网页 portal",
    email="邮件 mail e-mail",
    visit="当面 walk-in counter",
    fax="传真",
    voicemail="语音信箱",
    video="视频",
    monitoring="监控 noc",
    internal="内部",
)
_WAITING = _choices(
    user="用户 等待用户 customer",
    supplier="供应商 等待供应商 vendor",
    visit="上门 等待上门",
    change="变更 等待变更",
)
_MARK = _choices(major="重大 重大故障")
_PRIORITY = {
    word: value
    for value, words in {
        "1": "1 p1 紧急 critical",
        "2": "2 p2 高 high",
        "3": "3 p3 中 medium",
        "4": "4 p4 低 low",
        "5": "5 p5 计划 planned",
    }.items()
    for word in words.split()
}
_LEVEL = {str(level): str(level) for level in range(1, 6)}
_YES_NO = {"yes": "yes", "true": "yes", "1": "yes", "是": "yes", "有": "yes", "y": "yes"} | {
    "no": "no",
    "false": "no",
    "0": "no",
    "否": "no",
    "无": "no",
    "n": "no",
}
# Words for a person or team that is not a name.
PRONOUNS = {
    "me": ME,
    "我": ME,
    "自己": ME,
    "none": NOBODY,
    "nobody": NOBODY,
    "无": NOBODY,
    "未分派": NOBODY,
    "unassigned": NOBODY,
}
# Named days; a span such as 2d or a date needs no entry.
DAYS = {
    "now": "now",
    "现在": "now",
    "today": "today",
    "今天": "today",
    "今日": "today",
    "yesterday": "yesterday",
    "昨天": "yesterday",
    "tomorrow": "tomorrow",
    "明天": "tomorrow",
}

FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("number", FieldKind.NUMBER, ("no", "编号", "工单编号")),
    FieldSpec("status", FieldKind.CHOICE, ("state", "状态"), _STATUS),
    FieldSpec("type", FieldKind.CHOICE, ("kind", "类型"), _TYPE),
    FieldSpec("channel", FieldKind.CHOICE, ("source", "受理渠道", "渠道", "来源"), _CHANNEL),
    FieldSpec("waiting", FieldKind.CHOICE, ("挂起原因", "等待"), _WAITING),
    FieldSpec("is", FieldKind.CHOICE, ("marked", "标记"), _MARK),
    FieldSpec("priority", FieldKind.NUMBER, ("prio", "优先级", "当前优先级"), _PRIORITY),
    FieldSpec("impact", FieldKind.NUMBER, ("影响度", "影响"), _LEVEL),
    FieldSpec("urgency", FieldKind.NUMBER, ("紧急度",), _LEVEL),
    FieldSpec("team", FieldKind.NAME, ("团队", "处理团队")),
    FieldSpec("assignee", FieldKind.NAME, ("assigned", "处理人")),
    FieldSpec("owner", FieldKind.NAME, ("责任人",)),
    FieldSpec("requester", FieldKind.NAME, ("caller", "from", "申告人", "用户", "来电人")),
    FieldSpec("company", FieldKind.NAME, ("公司", "子公司")),
    FieldSpec("department", FieldKind.NAME, ("dept", "部门")),
    FieldSpec("location", FieldKind.NAME, ("地点", "位置")),
    FieldSpec("category", FieldKind.NAME, ("cat", "分类")),
    FieldSpec("service", FieldKind.NAME, ("服务",)),
    FieldSpec("vip", FieldKind.FLAG, ("贵宾",), _YES_NO),
    FieldSpec("breached", FieldKind.FLAG, ("overdue", "超时", "违约"), _YES_NO),
    FieldSpec("paused", FieldKind.FLAG, ("暂停", "暂停计时"), _YES_NO),
    FieldSpec("reopened", FieldKind.FLAG, ("重开", "重新打开"), _YES_NO),
    FieldSpec("proactive", FieldKind.FLAG, ("主动发现",), _YES_NO),
    FieldSpec("due", FieldKind.TIME, ("解决截止", "截止", "剩余"), DAYS),
    FieldSpec("age", FieldKind.TIME, ("账龄",)),
    FieldSpec("received", FieldKind.TIME, ("created", "opened", "受理时间", "受理"), DAYS),
    FieldSpec("updated", FieldKind.TIME, ("changed", "更新时间", "更新"), DAYS),
    FieldSpec("resolved", FieldKind.TIME, ("solved", "解决时间", "解决"), DAYS),
    FieldSpec("closed", FieldKind.TIME, ("关闭时间", "关闭"), DAYS),
    FieldSpec("restored", FieldKind.TIME, ("恢复时间", "恢复"), DAYS),
    FieldSpec("bearable", FieldKind.TIME, ("wait", "canwait", "可承受", "可等待"), DAYS),
    FieldSpec("told", FieldKind.TIME, ("promised", "承诺", "承诺时间"), DAYS),
    FieldSpec("firstline", FieldKind.TIME, ("first-line", "一线时限", "一线"), DAYS),
)
FIELD_BY_NAME = {spec.name: spec for spec in FIELDS}
FIELD_BY_WORD = {word: spec for spec in FIELDS for word in (spec.name, *spec.words)}
