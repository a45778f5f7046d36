"""The style of an article's text and of two versions side by side, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.services.knowledge.differences import LineKind, LinePair, folded
from app.services.knowledge.markup import NOTE_CLASS
from app.services.search.ranking import Segment
from app.views.base.i18n import ngettext
from app.views.base.theme import theme, tok
from app.views.base.tokens import Type

LARGE = 20
"""The text size, in pixels, at which an article is read aloud over the telephone."""
INDENT = 22
"""How far a list is set in; a stock document takes 40 pixels."""

_HEADINGS = range(1, 7)
_LEADING = "125%"
_HEADING = "font-weight: 600; margin-top: 16px; margin-bottom: 6px;"


def article_page(html: str, *, pixels: int = Type.BASE) -> str:
    """Return sanitised HTML with the sizes and colours of the window around it."""
    for level in _HEADINGS:  # rich text enlarges headings by itself, whatever size the style says
        html = html.replace(f"<h{level}>", f'<p class="h{level}">').replace(f"</h{level}>", "</p>")
    return f"<html><head><style>{_article_style(pixels)}</style></head><body>{html}</body></html>"


def versions_page(pairs: Sequence[LinePair], before: str, after: str) -> str:
    """Return a table of two texts; `before` and `after` are the headings of its columns."""
    rows = "".join(_folded(each) if isinstance(each, int) else _row(each) for each in folded(pairs))
    head = f"<tr><th width='50%'>{escape(before)}</th><th width='50%'>{escape(after)}</th></tr>"
    table = f"<table width='100%' cellspacing='0' cellpadding='3' class='versions'>{head}{rows}</table>"
    return f"<html><head><style>{_versions_style()}</style></head><body>{table}</body></html>"


def _article_style(pixels: int) -> str:
    edge = f"border: 1px solid {tok('warn').name()};" if theme.outlined else ""
    return (
        f"body, p, li, td {{ font-size: {pixels}px; line-height: {_LEADING}; color: {tok('text').name()}; }}"
        "p { margin-top: 0px; margin-bottom: 8px; } li { margin-bottom: 4px; }"
        f"p.h1 {{ font-size: {pixels + 4}px; {_HEADING} }}"
        f"p.h2 {{ font-size: {pixels + 2}px; {_HEADING} }}"
        f"p.h3, p.h4, p.h5, p.h6 {{ {_HEADING} }}"
        f"code, pre {{ background-color: {tok('well').name()}; }}"
        f"table.{NOTE_CLASS} {{ background-color: {tok('warn_tint').name()}; {edge}"
        " margin-top: 8px; margin-bottom: 8px; }"
        f"table.{NOTE_CLASS} p {{ margin-bottom: 0px; }}"
    )


def _versions_style() -> str:
    return (
        f"body, td, th {{ font-size: {Type.BASE}px; line-height: 100%; color: {tok('text').name()}; }}"
        f"th {{ background-color: {tok('well').name()}; text-align: left; }}"
        f"td.removed {{ background-color: {tok('bad_tint').name()}; }}"
        f"td.added {{ background-color: {tok('ok_tint').name()}; }}"
        f"span.removed {{ background-color: {tok('bad_tint').name()}; color: {tok('bad').name()};"
        " text-decoration: line-through; }"
        f"span.added {{ background-color: {tok('ok_tint').name()}; color: {tok('ok').name()};"
        " text-decoration: underline; }"
        f"td.fold {{ background-color: {tok('well').name()}; color: {tok('muted').name()}; }}"
        f"td.same {{ color: {tok('muted').name()}; }}"
    )


def _folded(count: int) -> str:
    words = ngettext("{count} line is the same", "{count} lines are the same", count).format(count=count)
    return f"<tr><td class='fold' colspan='2' align='center'>{escape(words)}</td></tr>"


def _row(pair: LinePair) -> str:
    left = "same" if pair.kind is LineKind.SAME else "removed" if pair.before else "none"
    right = "same" if pair.kind is LineKind.SAME else "added" if pair.after else "none"
    if pair.kind is LineKind.CHANGED:
        left = right = "changed"
    return (
        f"<tr><td class='{left}' valign='top'>{_parts(pair.before, 'removed')}</td>"
        f"<td class='{right}' valign='top'>{_parts(pair.after, 'added')}</td></tr>"
    )


def _parts(parts: Sequence[Segment], marked: str) -> str:
    shown = []
    for text, is_different in parts:
        words = escape(text)
        shown.append(f"<span class='{marked}'>{words}</span>" if is_different else words)
    return "".join(shown) or "&nbsp;"
