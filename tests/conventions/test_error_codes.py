"""Every error a person may meet has its sentences, in both languages, with parameters that exist."""

from __future__ import annotations

import ast
import re
from string import Formatter

import pytest

from app.models.schema import SchemaState
from app.services.base.texts import Texts
from app.views.base.errors import ERROR_TEXTS
from tests.support.error_codes import APP, raised_errors

RAISED = raised_errors()
CODES = sorted({each.code for each in RAISED if each.code})
# Made from something else than a literal, and where from.
MADE_ELSEWHERE = {
    "app/models/dialects.py": "tables of the databases' own codes",
    "app/models/store.py": "the state of the schema",
    "app/views/shell/program.py": "the state of the schema",
    "app/views/tickets/action_popups/result.py": "codes a command on many tickets answered with",
}


def _codes_of_the_databases() -> list[str]:
    tree = ast.parse((APP / "models" / "dialects.py").read_text("utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return sorted(text for text in texts if isinstance(text, str) and re.fullmatch(r"store\.[a-z_]+", text))


@pytest.mark.parametrize("code", [*CODES, *_codes_of_the_databases()])
def test_every_code_has_its_sentences(code):
    assert code in ERROR_TEXTS


@pytest.mark.parametrize("state", [state for state in SchemaState if state is not SchemaState.CURRENT])
def test_every_state_of_a_schema_that_is_refused_has_its_sentences(state):
    assert f"store.{state.value}" in ERROR_TEXTS


@pytest.mark.parametrize("code", sorted(ERROR_TEXTS))
def test_every_sentence_has_its_chinese(code):
    chinese = Texts("zh_CN")

    for text in filter(None, ERROR_TEXTS[code]):
        assert chinese.gettext(text.msgid) != text.msgid


def test_a_code_is_written_where_it_is_raised():
    """So that it can be found, and so that this test can find it."""
    hidden = {each.place.split(":")[0] for each in RAISED if each.code is None}

    assert hidden - MADE_ELSEWHERE.keys() == set()


@pytest.mark.parametrize("code", CODES)
def test_a_sentence_asks_only_for_what_the_error_carries(code):
    carried = frozenset[str]().union(*(each.params for each in RAISED if each.code == code))
    wanted = {
        name
        for text in filter(None, ERROR_TEXTS.get(code, ()))
        for _text, name, _spec, _conversion in Formatter().parse(text.msgid)
        if name
    }

    # Some places pass a whole mapping; what it holds cannot be read from the source.
    assert not carried or wanted <= carried or code.startswith("sla.")
