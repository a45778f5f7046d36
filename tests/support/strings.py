"""`python -m tests.support.strings`: which texts of the program have no Chinese yet, and which have two."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from tests.support.remembered import MEMORY, ROOT, findings

CATALOGUE = ROOT / "resources" / "i18n" / "zh_CN"

# What marks a text, and which of its arguments is the context (c) or the texts.
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "N_": None,
    "LazyText": None,
    "mark": None,
    "gettext": None,
    "ngettext": (1, 2),
    "NN_": (1, 2),
    "pgettext": ((1, "c"), 2),
}

Key = tuple[str, str]  # context, msgid


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong, each line ready to be printed."""

    missing: list[str]
    fuzzy: list[str]
    contradicting: list[str]
    unused: list[str]

    @property
    def faults(self) -> list[str]:
        """What must not stay; a text that nobody says any more still costs whoever reads the catalogue."""
        return [*self.missing, *self.fuzzy, *self.contradicting, *self.unused]


def texts_in_program(root: Path = ROOT, memory: Path = MEMORY) -> dict[Key, str]:
    """Return every marked text with the place where it stands first."""
    found: dict[Key, str] = {}
    for path, seen in _seen(root, memory).items():
        for context, msgid, line in seen["texts"]:
            found.setdefault((context, msgid), f"{path}:{line}")
    return found


def look(path: str, text: str) -> dict[str, object]:
    """Return the marked texts of one file, and the lines where a text is put together before it is marked."""
    content = BytesIO(text.encode())
    if path.endswith(".j2"):
        messages = babel_extract(content, ["_", "gettext", "ngettext"], [], {})
        marked = [("", _first(texts), line) for line, _function, texts, _comments in messages]
        return {"texts": marked, "formatted": []}
    extracted = extract("python", content, KEYWORDS)
    return {
        "texts": [
            (context or "", _first(texts), line)
            for line, texts, _comments, context in extracted
            if _first(texts)
        ],
        "formatted": _formatted(ast.parse(text)),
    }


def _first(texts: object) -> str:
    return texts if isinstance(texts, str) else texts[0]


def _formatted(tree: ast.Module) -> list[int]:
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in KEYWORDS and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                lines.append(node.lineno)
    return lines


def formatted_texts(root: Path = ROOT, memory: Path = MEMORY) -> list[str]:
    """Return places where a text is put together before it is translated: no catalogue can have it."""
    return [f"{path}:{line}" for path, each in _seen(root, memory).items() for line in each["formatted"]]


@cache
def _seen(root: Path, memory: Path) -> dict[str, dict[str, list]]:
    files = [*sorted((root / "app").rglob("*.py")), *sorted((root / "resources").rglob("*.j2"))]
    return findings("texts", files, look, root, memory)


@cache
def report(root: Path = ROOT, catalogue: Path = CATALOGUE) -> Report:
    """Compare the program with its Chinese catalogue."""
    used = texts_in_program(root)
    known: dict[Key, tuple[str, str]] = {}
    fuzzy, contradicting = [], []
    for path in sorted(catalogue.glob("*.po")):
        for message in _messages(path):
            key = _key(message)
            translated = message.string if isinstance(message.string, str) else message.string[0]
            if message.fuzzy:
                fuzzy.append(f"{path.name}: {key[1]!r}")
            elif not translated:
                continue
            elif key in known and known[key][0] != translated:
                first, where = known[key]
                contradicting.append(f"{key[1]!r}: {first!r} in {where}, {translated!r} in {path.name}")
            else:
                known.setdefault(key, (translated, path.name))
    missing = [f"{place}: {_shown(key)}" for key, place in used.items() if key not in known]
    unused = [f"{where}: {_shown(key)}" for key, (_text, where) in known.items() if key not in used]
    return Report(missing, fuzzy, contradicting, unused)


def unlike_placeholders(catalogue: Path = CATALOGUE) -> list[str]:
    """Return translations whose `{placeholders}` are not those of the text: showing them would fail."""
    bad = []
    for path in sorted(catalogue.glob("*.po")):
        for message in _messages(path):
            texts = message.id if isinstance(message.id, tuple) else (message.id,)
            translations = message.string if isinstance(message.string, tuple) else (message.string,)
            allowed = set().union(*(_placeholders(text) for text in texts))
            bad += [
                f"{path.name}: {text!r}" for text in translations if text and _placeholders(text) - allowed
            ]
    return bad


def _placeholders(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None}


@cache
def _messages(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="zh_CN") if message.id]


def _key(message: Message) -> Key:
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def _shown(key: Key) -> str:
    context, msgid = key
    return f"{msgid!r} [{context}]" if context else repr(msgid)


def main(arguments: list[str]) -> int:
    """Print the report; with `--check`, return 1 if something must be mended."""
    result = report()
    for title, lines in (
        ("without Chinese", result.missing),
        ("fuzzy", result.fuzzy),
        ("translated twice, differently", result.contradicting),
        ("no longer used", result.unused),
        ("put together before translating", formatted_texts()),
    ):
        sys.stdout.write(f"{title}: {len(lines)}\n" + "".join(f"  {line}\n" for line in lines))
    return int("--check" in arguments and bool(result.faults or formatted_texts()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
