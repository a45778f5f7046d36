"""`sla what-if` on the command line: the figures of documents in files, and what is said about bad ones."""

from __future__ import annotations

import argparse
import io
import json

import pytest

from app.cli import sla
from app.cli.env import Env
from app.models.entities.errors import BadInput
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.base.texts import Texts
from app.services.tickets.commands import create_ticket
from tests.support.site import OFFICE, set_up_site
from tests.support.whatif_site import matrix_with, stricter, table_with

CALL = NewTicket(TicketType.INCIDENT, Channel.WEB, "VPN drops every 5 minutes", impact=2, urgency=3)


@pytest.fixture
def env(ctx, clock, bus):
    """The command line on a desk with one open ticket, printing into memory."""
    set_up_site(ctx)
    create_ticket(ctx, CALL)
    return Env(
        url=ctx.store.url,
        texts=Texts("en"),
        clock=clock,
        bus=bus,
        open=lambda _: ctx,
        explain=str,
        show=lambda _: 1,
        out=io.StringIO(),
        err=io.StringIO(),
    )


@pytest.fixture
def file_of(tmp_path):
    """Writes a document into a file and returns its name."""

    def write(body, name="document.json"):
        file = tmp_path / name
        file.write_text(json.dumps(body), encoding="utf-8")
        return str(file)

    return write


def run(env, *words):
    parser = argparse.ArgumentParser()
    sla.register(parser.add_subparsers())
    return sla.run(parser.parse_args(["sla", "what-if", *words]), env)


def test_figures_and_open_tickets_are_printed(env, ctx, file_of):
    matrix = file_of(matrix_with(ctx, (2, 3, 1)).to_dict(), "matrix.json")

    code = run(env, "--matrix", matrix, "--sla", file_of(table_with(stricter).to_dict()))

    printed = env.out.getvalue()
    assert code == 0
    assert "1 tickets of 90 days replayed" in printed
    assert "1 rise, 0 fall in priority" in printed
    assert "1 of 1 open tickets would change" in printed
    assert "#1  P3 → P1" in printed


def test_json_holds_every_figure(env, file_of):
    env.is_json = True

    run(env, "--sla", file_of(table_with(stricter).to_dict()), "--days", "30")

    found = json.loads(env.out.getvalue())
    assert (found["days"], found["tickets"], found["open_changing"]) == (30, 1, 1)
    assert found["open_changes"][0]["subject"] == CALL.subject


def test_without_a_document_it_tells_what_applying_those_in_force_would_do(env):
    run(env)

    assert "0 of 1 open tickets would change" in env.out.getvalue()


def test_a_calendar_is_named_with_its_code(env, file_of):
    closed = {**OFFICE, "holidays": ["2026-11-20"]}

    run(env, "--calendar", "office=" + file_of(closed))

    assert "1 of 1 open tickets would change" in env.out.getvalue()


@pytest.mark.parametrize("text", ["", "not JSON", "[" * 100_000])
def test_a_file_that_holds_no_document_is_refused_in_a_sentence(env, tmp_path, text):
    file = tmp_path / "bad.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BadInput) as refused:
        run(env, "--sla", str(file))

    assert refused.value.code == "whatif.file_unreadable"


def test_a_list_where_a_document_belongs_is_refused_in_a_sentence(env, file_of):
    with pytest.raises(BadInput):
        run(env, "--matrix", file_of([1, 2]))
