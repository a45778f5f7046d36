"""Actions as data: what a person can do on a screen, once, for menus, tool bars, keys and the palette."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.views.base.i18n import LazyText
from app.views.base.icons import icon
from app.views.base.widgets.labels import plain_tip

SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do. `id` is `<feature>.<verb>`; it names the action in settings and tests.

    `blocked` returns why it cannot be done now, as a sentence for the tool tip, or "" if it can. Whoever
    lacks `permission` does not see the action at all. `shortcut` is Qt's portable form ("Ctrl+N"); `also` is
    a second key for those who know it from elsewhere, shown nowhere.
    """

    id: str
    text: LazyText
    run: Callable[[], None]
    icon: str = ""
    shortcut: str = ""
    permission: str = ""
    blocked: Callable[[], str] | None = None
    is_checked: Callable[[], bool] | None = None
    also: str = ""

    @property
    def keys(self) -> list[QKeySequence]:
        """The keys that run it, the one shown first."""
        portable = QKeySequence.SequenceFormat.PortableText
        return [QKeySequence(key, portable) for key in (self.shortcut, self.also) if key]

    @property
    def reason(self) -> str:
        """Why it cannot be done now, or ""."""
        return self.blocked() if self.blocked is not None else ""


class ActionSet(QObject):
    """The actions of one screen or window, bound to its widget: their keys work while it has the focus.

    The key of an action that is not possible now says why: `refused` carries the sentence.
    """

    refused = Signal(str)

    def __init__(self, owner: QWidget, actions: Iterable[Action], may: Callable[[str], bool]) -> None:
        """Keep those actions whose permission `may` grants.

        Raises:
            ValueError: two actions share an id or a shortcut.
        """
        super().__init__(owner)
        self._actions = {
            action.id: action
            for action in _unambiguous(tuple(actions))
            if not action.permission or may(action.permission)
        }
        self._made: dict[str, QAction] = {}
        self._asked: dict[str, QAction] = {}  # what a key does while its action is not possible
        for action in self._actions.values():
            made = self._make(action, owner)
            self._made[action.id] = made
            owner.addAction(made)
            if action.shortcut and action.blocked is not None:
                asked = self._asked[action.id] = self._bound(QAction(owner), action)
                asked.triggered.connect(partial(self._say_why, action.id))
                owner.addAction(asked)
        self.refresh()

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions this person may use, in their order, for the palette and the page of shortcuts."""
        return tuple(self._actions.values())

    def qt_action(self, action_id: str) -> QAction | None:
        """Return the action for a button or a menu; None for somebody who may not use it."""
        return self._made.get(action_id)

    def yield_keys(self, taken: Collection[str]) -> None:
        """Leave these keys to somebody else, and take back those left before: Qt runs neither of two."""
        for action_id, made in [*self._made.items(), *self._asked.items()]:
            action = self._actions[action_id]
            if action.shortcut:
                made.setShortcuts([] if action.shortcut in taken else action.keys)

    def refresh(self) -> None:
        """Ask every action again whether it is possible now; call it when the selection changes."""
        for action_id, made in self._made.items():
            action = self._actions[action_id]
            reason = action.reason
            made.setEnabled(not reason)
            if action_id in self._asked:
                self._asked[action_id].setEnabled(bool(reason))
            made.setToolTip(plain_tip(reason or _with_shortcut(str(action.text), action.shortcut)))
            if action.is_checked is not None:
                made.setChecked(action.is_checked())

    def run(self, action_id: str) -> bool:
        """Run an action as its key would; False if it is unknown, not allowed or not possible now."""
        action = self._actions.get(action_id)
        if action is None or action.reason:
            return False
        action.run()
        return True

    def menu(self, ids: Sequence[str], parent: QWidget) -> QMenu:
        """Return a menu of these actions; SEPARATOR draws a line. Lines without neighbours are left out."""
        self.refresh()
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.setSeparatorsCollapsible(True)
        for action_id in ids:
            made = self._made.get(action_id)
            if action_id == SEPARATOR:
                menu.addSeparator()
            elif made is not None:
                menu.addAction(made)
        return menu

    def _make(self, action: Action, owner: QWidget) -> QAction:
        made = QAction(str(action.text), owner)
        made.setObjectName(action.id)
        if action.icon:
            made.setIcon(icon(action.icon, "muted"))
        if action.shortcut:
            self._bound(made, action)
        made.setCheckable(action.is_checked is not None)
        made.triggered.connect(lambda: self.run(action.id))
        return made

    def _bound(self, made: QAction, action: Action) -> QAction:
        made.setShortcuts(action.keys)
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return made

    def _say_why(self, action_id: str, _checked: bool = False) -> None:
        """Say why the key does nothing; it may have become possible since somebody looked."""
        reason = self._actions[action_id].reason
        if reason:
            self.refused.emit(reason)
        else:
            self.refresh()
            self.run(action_id)


def _with_shortcut(text: str, shortcut: str) -> str:
    return f"{text}  {shortcut}" if shortcut else text


def _unambiguous(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    for what in ("id", "shortcut"):
        seen = [getattr(action, what) for action in actions if getattr(action, what)]
        twice = {each for each in seen if seen.count(each) > 1}
        if twice:
            raise ValueError(f"{what} used by two actions: {', '.join(sorted(twice))}")
    return actions
