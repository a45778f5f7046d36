"""Telephone scripts with their variables filled in.

Administrators write them, agents' programs fill them: a script may name variables, choose between texts
and compare them, nothing else. No loop, no call, no attribute exists for it, so that neither the data
nor the time of the program can be reached from one.
"""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import TemplateError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST_SCRIPT = 4_000
LONGEST_VALUE = 400
# Stands where a variable is not known yet, as in "by … at the latest".
UNKNOWN = "…"

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
    """A variable nobody filled in: false in a choice, an ellipsis in the text."""

    def __str__(self) -> str:
        return UNKNOWN


def render_script(body: str, values: Mapping[str, str]) -> str:
    """Return the script as it is said. `values` are plain texts; one that is missing becomes an ellipsis.

    What was put in is never read as a template. A script that cannot be read, or wants more than it may,
    is returned as it was written: the agent still sees the words.
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
        known = {name: str(text)[:LONGEST_VALUE] for name, text in values.items() if text}
        return environment.from_string(tree).render(known).strip()
    except TemplateError:
        return body


def _is_harmless(tree: nodes.Node) -> bool:
    return isinstance(tree, _ALLOWED) and all(_is_harmless(child) for child in tree.iter_child_nodes())
