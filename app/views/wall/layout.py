"""Where lanes and cards lie. Pure geometry in device-independent pixels, from the top of the first lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from app.views.wall.lanes import END, Lane

ROOM = 1.4
"""How much larger everything is on the room's monitor."""
_DENSE_FROM = 40
_DENSE = 0.84


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes of everything painted."""

    card_width: int
    card_height: int
    gap: int
    head: int  # the width of the column of lanes' names
    top: int  # the height of the scale
    text: int
    small: int
    avatar: int

    @classmethod
    def of(cls, scale: float = 1.0, cards: int = 0) -> Measures:
        """Return the sizes for a scale; many cards are drawn denser, never below readable text."""
        dense = scale * (_DENSE if cards >= _DENSE_FROM else 1.0)
        return cls(
            card_width=round(178 * dense),
            card_height=round(46 * dense),
            gap=max(3, round(5 * dense)),
            head=round(196 * scale),
            top=round(30 * scale),
            text=max(11, round(13 * dense)),
            small=max(11, round(12 * dense)),
            avatar=round(18 * dense),
        )


@dataclass(frozen=True, slots=True)
class LanePlace:
    """One lane and the band it takes."""

    lane: Lane
    band: QRect


class WallLayout:
    """Cards by ticket id, lanes from above. A card's right edge stands at the share of its time used."""

    def __init__(
        self, lanes: Sequence[Lane], shares: Mapping[int, float | None], measures: Measures, width: int
    ) -> None:
        self.measures = measures
        self.width = width
        self.lanes: list[LanePlace] = []
        self.cards: dict[int, QRect] = {}
        top = 0
        for lane in lanes:
            height = self._pack(lane, shares, top)
            self.lanes.append(LanePlace(lane, QRect(0, top, width, height)))
            top += height
        self.height = top

    def x_of(self, share: float | None) -> int:
        """Return where a share lies: the first place for none, the end for one and a half and more."""
        measures = self.measures
        first = measures.head + measures.gap + measures.card_width
        last = max(first + 1, self.width - measures.gap * 2)
        return first + round((last - first) * min(END, max(0.0, share or 0.0)) / END)

    def card_at(self, point: QPoint) -> int | None:
        """Return the ticket under a point."""
        return next((ticket_id for ticket_id, rect in self.cards.items() if rect.contains(point)), None)

    def lane_at(self, point: QPoint) -> Lane | None:
        """Return the lane under a point."""
        return next((place.lane for place in self.lanes if place.band.contains(point)), None)

    def step(self, ticket_id: int, across: int, down: int) -> int | None:
        """Return the card next to one: across within its lane by place, down to the nearest one there.

        None where there is none in that direction.
        """
        here = self.cards.get(ticket_id)
        if here is None:
            return None
        lane = self._lane_of(ticket_id)
        if across:
            return self._across(ticket_id, lane, across)
        ahead = [
            (other, rect)
            for other, rect in self.cards.items()
            if (rect.top() - here.top()) * down > 0 and other != ticket_id
        ]
        if not ahead:
            return None
        nearest = min(abs(rect.top() - here.top()) for _other, rect in ahead)
        row = [(other, rect) for other, rect in ahead if abs(rect.top() - here.top()) == nearest]
        return min(row, key=lambda pair: abs(pair[1].right() - here.right()))[0]

    def _across(self, ticket_id: int, lane: Lane | None, across: int) -> int | None:
        if lane is None:
            return None
        order: list[int] = sorted(
            (each.id for each in lane.tickets),
            key=lambda one: (self.cards[one].right(), self.cards[one].top()),
        )
        at = order.index(ticket_id) + across
        return order[at] if 0 <= at < len(order) else None

    def _lane_of(self, ticket_id: int) -> Lane | None:
        return next(
            (place.lane for place in self.lanes if any(one.id == ticket_id for one in place.lane.tickets)),
            None,
        )

    def _pack(self, lane: Lane, shares: Mapping[int, float | None], top: int) -> int:
        """Lay a lane's cards into as few rows as they need, those furthest on above; return its height."""
        measures = self.measures
        rows: list[int] = []  # how far to the left each row is taken
        order = sorted(lane.tickets, key=lambda one: (-(shares.get(one.id) or 0.0), one.id))
        for ticket in order:
            right = self.x_of(shares.get(ticket.id))
            left = right - measures.card_width
            at = next((at for at, taken in enumerate(rows) if right + measures.gap <= taken), len(rows))
            if at == len(rows):
                rows.append(0)
            rows[at] = left
            y = top + measures.gap + at * (measures.card_height + measures.gap)
            self.cards[ticket.id] = QRect(left, y, measures.card_width, measures.card_height)
        count = max(1, len(rows))
        return measures.gap * 2 + count * (measures.card_height + measures.gap)
