"""`notices` on the command line: what somebody finds at the bell, read by nobody thereby."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from app.cli import notices as command_line
from app.cli.env import Env
from app.cli.parser import parse
from app.models.entities.errors import FirstlineError, NotFound
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.notices import NewNotice, NoticeKind
from app.services.base.context import Context
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from app.services.notices import queries
from tests.support.factories import Make
from tests.support.notices import acting, told
from tests.support.site import set_up_site


@pytest.fixture
def asked(ctx: Context) -> Callable[..., tuple[int, str]]:
    """Runs `notices` with arguments; returns the exit code and what was printed."""
    set_up_site(ctx)

    def explain(error: FirstlineError) -> str:
        return error.code

    def show(_pictures: object) -> int:
        return 0

    def run(*arguments: str) -> tuple[int, str]:
        said = io.StringIO()
        args = parse(["notices", *arguments])
        env = Env(
            ctx.store.url, Texts("en"), ctx.clock, EventBus(), lambda _url: ctx, explain, show,
            is_json=args.json, out=said,
        )  # fmt: skip
        return command_line.run(args, env), said.getvalue()

    return run


def test_notices_are_listed_and_stay_unread(
    ctx: Context, make: Make, asked: Callable[..., tuple[int, str]]
) -> None:
    ada, ticket = make.agent(login="ada"), make.ticket(subject="VPN drops")
    told(ctx, [NewNotice(PersonId(ada.id), NoticeKind.WARNED, "a", TicketId(ticket.id), {"percent": 75})])

    code, text = asked("ADA")
    _code, as_json = asked("ada", "--json")

    assert code == 0
    assert text.split() == ["*", "2026-11-20", "18:00", "warned", f"#{ticket.number}", "VPN", "drops"]
    assert json.loads(as_json)[0]["body"] == {"percent": 75}
    assert queries.unread_count(acting(ctx, ada)) == 1


def test_a_login_nobody_has_is_refused(asked: Callable[..., tuple[int, str]]) -> None:
    with pytest.raises(NotFound) as refused:
        asked("nobody")

    assert refused.value.code == "notices.login_unknown"
