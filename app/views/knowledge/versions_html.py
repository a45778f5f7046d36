"""Two versions of an article side by side, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.services.knowledge.differences import LineKind, LinePair, folded
from app.services.search.ranking import Segment
from app.views.base.i18n import ngettext
from app.views.base.theme import tok
from app.views.base.tokens import Type


def versions_page(pairs: Sequence[LinePair], before: str, after: str) -> str:
    """Return a table of two texts; `before` and `after` are the headings of its columns."""
    rows = "".join(_folded(each) if isinstance(each, int) else _row(each) for each in folded(pairs))
    head = f"<tr><th width='50%'>{escape(before)}</th><th width='50%'>{escape(after)}</th></tr>"
    table = f"<table width='100%' cellspacing='0' cellpadding='3' class='versions'>{head}{rows}</table>"
    return f"<html><head><style>{_versions_style()}</style></head><body>{table}</body></html>"


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
