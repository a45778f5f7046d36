"""Marked text (an article's, an announcement's) as a page of rich text, in the colours of the theme."""

from __future__ import annotations

from app.services.knowledge.markup import NOTE_CLASS
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
