"""Every action that can be taken back has its name, in both languages."""

from __future__ import annotations

import ast

import pytest

from app.services.base.texts import Texts
from app.views.base.i18n import LazyPlural, LazyText
from app.views.base.undo_texts import UNDO_TEXTS
from tests.support.error_codes import APP
from tests.support.remembered import findings


def _texts(node: ast.expr) -> set[str]:
    return {
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


def _codes() -> list[str]:
    """Return the first argument of every `Undo(...)`, and what is named `code` where one is made."""
    seen = findings("undo", sorted((APP / "services").rglob("*.py")), look)
    return sorted({code for codes in seen.values() for code in codes})


def look(_path: str, text: str) -> list[str]:
    """Return the codes of one file."""
    tree, found = ast.parse(text), set[str]()
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        made = [
            node
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Undo" and node.args
        ]
        for call in made:
            found |= _texts(call.args[0])
        for node in ast.walk(function) if made else ():
            if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "code" for t in node.targets):
                found |= _texts(node.value)
    found |= {text for text in _texts_of_module(tree) if ".undo." in text and text[-1] != "."}
    return sorted(found)


def _texts_of_module(tree: ast.Module) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value
    }


@pytest.mark.parametrize("code", _codes())
def test_every_undo_has_its_name(code):
    assert code in UNDO_TEXTS


@pytest.mark.parametrize("code", sorted(UNDO_TEXTS))
def test_every_name_has_its_chinese(code):
    said, english = _in_chinese(UNDO_TEXTS[code])

    assert said not in english


def _in_chinese(text: LazyText | LazyPlural) -> tuple[str, tuple[str, ...]]:
    """Return what is said in Chinese, and the English it must not be."""
    chinese = Texts("zh_CN")
    if isinstance(text, LazyText):
        return chinese.gettext(text.msgid), (text.msgid,)
    return chinese.ngettext(text.singular, text.plural, 2), (text.singular, text.plural)
