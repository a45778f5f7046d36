"""Telephone scripts with their variables filled in.

Administrators write them, agents' programs fill them: a script may name variables, choose between texts
and compare them, nothing else. No loop, no call, no attribute exists for it, so that neither the data
nor the time of the program can be reached from one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import TemplateError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST_SCRIPT = 4_000
LONGEST_VALUE = 400
# Stands where a variable is not known yet and nothing can be said without it.
UNKNOWN = "…"
# What a gap is while the script is put together; no value may hold it.
_GAP = "\ue000"
# What ends a part of a sentence, with the blanks after it; "2.5" and "1,200" hold no end.
_END = re.compile(r"(?:[,;](?!\d)|[，；、]|[.!?]+(?=\s|$)|[。！？]+|\n)\s*")
_LEANING = re.compile(r"(?:and|but|or|so|which|who)\b|并|而|但|由|也", re.IGNORECASE)
_MASK = {ord(sign): 0xE100 + place for place, sign in enumerate(",;，；、.!?。！？\n" + _GAP)}
_UNMASK = {masked: sign for sign, masked in _MASK.items()}
_INNER = re.compile(r"[,;，；、]\s*$")
_FULL = re.compile(r"([.!?。！？\n]+)\s*$")

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.CondExpr,
    nodes.If,
)


class _Gap(Undefined):
    """A variable nobody filled in: false in a choice, a gap in the text."""

    def __str__(self) -> str:
        return _GAP


def render_script(body: str, values: Mapping[str, str]) -> str:
    """Return the script as it is said. `values` are plain texts.

    A part of a sentence that names something unknown is left out: without a number nobody says "your ticket
    is number". Where nothing would be left, an ellipsis stands for what is missing.

    What was put in is never read as a template. A script that cannot be read, or wants more than it may, is
    returned as it was written: the agent still sees the words.
    """
    if len(body) > LONGEST_SCRIPT:
        return body
    environment = ImmutableSandboxedEnvironment(undefined=_Gap, autoescape=False)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    try:
        tree = environment.parse(body)
        if not _is_harmless(tree):
            return body
        template = environment.from_string(tree)
        known = {name: str(text)[:LONGEST_VALUE] for name, text in values.items() if text}
        said = template.render(known).strip()
        if _GAP not in said:
            return said
        # A comma of a name is no comma of the script: put in as another sign while parts are left out.
        masked = {name: text.translate(_MASK) for name, text in known.items()}
        return _without_gaps(template.render(masked).strip()).translate(_UNMASK)
    except TemplateError:
        return body


def _without_gaps(said: str) -> str:
    kept: list[str] = []
    is_first = True  # the next part that is kept begins a sentence
    is_cut = False  # the part before it, in the same sentence, was left out
    for part in _parts(said):
        end = _FULL.search(part)
        is_cut = _GAP in part or (is_cut and bool(_LEANING.match(part)))
        if not is_cut:
            kept.append(_capital(part) if is_first else part)
            is_first = False
        elif end is not None and not is_first:
            # The sentence ends where its last known part does.
            kept[-1] = _INNER.sub("", kept[-1]) + part[end.start() :]
        if end is not None:
            is_first, is_cut = True, False
    return "".join(kept).strip() or said.replace(_GAP, UNKNOWN)


def _parts(said: str) -> list[str]:
    ends = [found.end() for found in _END.finditer(said)]
    return [said[start:end] for start, end in zip([0, *ends], [*ends, len(said)], strict=True) if end > start]


def _capital(part: str) -> str:
    return part[:1].upper() + part[1:]


def _is_harmless(tree: nodes.Node) -> bool:
    return isinstance(tree, _ALLOWED) and all(_is_harmless(child) for child in tree.iter_child_nodes())
