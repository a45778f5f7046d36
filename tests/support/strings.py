"""`python -m tests.support.strings`: which texts of the program have no Chinese yet, and which have two."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "resources" / "i18n" / "zh_CN"

# What marks a text, and which of its arguments is the context (c) or the texts.
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "N_": None,
    "LazyText": None,
    "mark": None,
    "gettext": None,
    "ngettext": (1, 2),
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
        """What must not stay; a text no longer used is untidy but harms nobody."""
        return [*self.missing, *self.fuzzy, *self.contradicting]


def texts_in_program(root: Path = ROOT) -> dict[Key, str]:
    """Return every marked text with the place where it stands first."""
    found: dict[Key, str] = {}
    for path in sorted((root / "app").rglob("*.py")):
        for key, line in _texts_in_python(path):
            found.setdefault(key, f"{path.relative_to(root).as_posix()}:{line}")
    for path in sorted((root / "resources").rglob("*.j2")):
        with path.open("rb") as file:
            for line, _function, messages, _comments in babel_extract(
                file, ["_", "gettext", "ngettext"], [], {}
            ):
                msgid = messages if isinstance(messages, str) else messages[0]
                found.setdefault(("", msgid), f"{path.relative_to(root).as_posix()}:{line}")
    return found


def _texts_in_python(path: Path) -> Iterator[tuple[Key, int]]:
    with path.open("rb") as file:
        for line, messages, _comments, context in extract("python", file, KEYWORDS):
            msgid = messages if isinstance(messages, str) else messages[0]
            if msgid:
                yield (context or "", msgid), line


def formatted_texts(root: Path = ROOT) -> list[str]:
    """Return places where a text is put together before it is translated: no catalogue can have it."""
    bad = []
    for path in sorted((root / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in KEYWORDS and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
                bad.append(f"{path.relative_to(root).as_posix()}:{node.lineno}")
    return bad


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
