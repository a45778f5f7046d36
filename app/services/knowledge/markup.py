"""Articles from Markdown to HTML that is safe to show, to a list of contents, and to plain text. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

NOTE_CLASS = "note"
"""The class of the one-cell table that a quotation becomes: rich text of the window knows no boxes."""

_DEEPEST_HEADING = 3
_TAGS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "strong", "em", "s", "code", "pre",
    "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "name", "title"},
    "ol": {"start"},
    "table": {"width", "cellpadding", "cellspacing"},
    "th": {"align"},
    "td": {"align"},
}
_SCHEMES = {"http", "https", "mailto"}
_NOTE_BEGIN = f'<table class="{NOTE_CLASS}" width="100%" cellpadding="10" cellspacing="0"><tr><td>'
_NOTE_END = "</td></tr></table>"


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the list of contents; `anchor` is where the HTML has it, `level` 1 to 3."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """An article as HTML without any script, style, picture or foreign address, and its contents."""

    html: str
    headings: tuple[Heading, ...]


def render(markdown: str) -> Rendered:
    """Turn Markdown into HTML of an allow-list of tags.

    HTML written into the Markdown is shown as text. Pictures are replaced by their words in brackets,
    quotations become one-cell tables of class NOTE_CLASS, headings get anchors.
    """
    parser = _parser()
    tokens = parser.parse(markdown)
    headings = tuple(_anchored(tokens))
    _replace(tokens)
    html = parser.renderer.render(tokens, parser.options, {})
    safe = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_without_relative,
        allowed_classes={"table": {NOTE_CLASS}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return Rendered(safe, headings)


def plain_text(markdown: str) -> str:
    """Return what an article says without marks, one line per paragraph or step, for a ticket's text."""
    lines: list[str] = []
    steps: list[int | None] = []  # the next number of each list one stands in; None for bullets
    bullet = ""
    for token in _parser().parse(markdown):
        if token.type == "ordered_list_open":
            steps.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            steps.append(None)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            steps.pop()
        elif token.type == "list_item_open":
            bullet, steps[-1] = _bullet(steps[-1])
        elif token.type == "heading_open" and lines:
            lines.append("")
        elif token.type in {"inline", "fence", "code_block"}:
            indent = "  " * max(0, len(steps) - 1)
            lines.append(f"{indent}{bullet}{_words(token)}")
            bullet = ""
    return "\n".join(lines).strip()


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def _without_relative(_tag: str, attribute: str, value: str) -> str | None:
    """Drop addresses without a scheme: "//server/share" would be asked for a password's hash."""
    is_relative = attribute == "href" and not value.lower().startswith(tuple(f"{s}:" for s in _SCHEMES))
    return None if is_relative else value


def _bullet(step: int | None) -> tuple[str, int | None]:
    return ("- ", None) if step is None else (f"{step}. ", step + 1)


def _words(token: Token) -> str:
    if token.children is None:
        return token.content.rstrip("\n")
    parts = []
    for child in token.children:
        is_break = child.type in {"softbreak", "hardbreak"}
        parts.append(" " if is_break else child.content)
    return "".join(parts)


def _anchored(tokens: Sequence[Token]) -> Iterator[Heading]:
    """Yield the headings, each with an anchor set before its words."""
    for at, token in enumerate(tokens):
        level = int(token.tag[1]) if token.type == "heading_open" else _DEEPEST_HEADING + 1
        if level > _DEEPEST_HEADING:
            continue
        words = tokens[at + 1]
        anchor = f"part-{at}"
        text = _words(words)
        words.children = [_raw(f'<a name="{anchor}"></a>'), *(words.children or [])]
        yield Heading(anchor, text, level)


def _replace(tokens: list[Token]) -> None:
    """Put tables in the place of quotations and words in the place of pictures."""
    for at, token in enumerate(tokens):
        if token.type == "blockquote_open":
            tokens[at] = _raw(_NOTE_BEGIN)
        elif token.type == "blockquote_close":
            tokens[at] = _raw(_NOTE_END)
        elif token.children:
            token.children = [
                _raw(f"[{escape(child.content)}]") if child.type == "image" else child
                for child in token.children
            ]


def _raw(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)
