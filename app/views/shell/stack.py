"""The pages of one window: built when first shown, kept while hidden, built again when the look changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.views.base.pages import Page, Target
from app.views.shell.registry import Screen

_LONGEST_WAY_BACK = 50
State = dict[str, Any]


class PageStack(QStackedWidget):
    """Shows one page at a time by its screen's name and remembers the way back."""

    shown = Signal(str)  # the name of the screen shown now

    def __init__(self, make: Callable[[Screen], Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._screens: dict[str, Screen] = {}
        self._pages: dict[str, Page] = {}
        self._states: dict[str, State] = {}
        self._way: list[tuple[str, State]] = []
        self._name = ""

    @property
    def name(self) -> str:
        """The name of the screen shown now, or ""."""
        return self._name

    @property
    def page(self) -> Page | None:
        """The page shown now."""
        return self._pages.get(self._name)

    @property
    def states(self) -> dict[str, State]:
        """What each page that was ever shown would come back with."""
        return self._states | {name: page.save_state() for name, page in self._pages.items()}

    def remember(self, states: Mapping[str, State]) -> None:
        """Give pages that are not built yet what they come back with."""
        self._states |= states

    def open(self, screen: Screen, target: Target | None = None) -> None:
        """Show a screen; a page built before stays as it was unless `target` says otherwise."""
        if self._name and self._name != screen.name:
            self._way = [*self._way, (self._name, self._pages[self._name].save_state())][-_LONGEST_WAY_BACK:]
        is_new = screen.name not in self._pages
        page = self._built(screen)
        self._show(screen.name)
        if target is not None:
            page.show_target(target)
        if is_new or target is not None:
            page.refresh()

    def prepare(self, screen: Screen) -> None:
        """Build a page that has something to do before anybody looks at it; what is shown stays."""
        if screen.name not in self._pages:
            self._built(screen).refresh()

    def back(self) -> None:
        """Show what was shown before, as it was; nothing at the beginning of the way."""
        if not self._way:
            return
        name, state = self._way.pop()
        page = self._built(self._screens[name])
        page.restore_state(state)
        self._show(name)
        page.refresh()

    def take_focus(self) -> None:
        """Take the focus that nobody has: without one no key does anything."""
        if self.page is not None:
            _focus_in(self.page, None)

    def rebuild(self) -> None:
        """Build the shown page again as it is; the others are thrown away and built when they are shown."""
        self._states = self.states
        for page in self._pages.values():
            page.leave()
            self.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        if self._name:
            page = self._built(self._screens[self._name])
            self._show(self._name)
            page.refresh()

    def _built(self, screen: Screen) -> Page:
        page = self._pages.get(screen.name)
        if page is None:
            page = self._make(screen)
            page.setObjectName(screen.name)
            page.setAccessibleName(str(screen.title))
            self._screens[screen.name] = screen
            self._pages[screen.name] = page
            self.addWidget(page)
            if screen.name in self._states:
                page.restore_state(self._states[screen.name])
        return page

    def _show(self, name: str) -> None:
        before = self.page
        if before is not None and name != self._name:
            before.leave()
        self._name = name
        page = self._pages[name]
        last = page.focusWidget()
        self.setCurrentWidget(page)
        self.shown.emit(name)
        if page is not before:
            _focus_in(page, last)


def _focus_in(page: Page, last: QWidget | None) -> None:
    """Put the focus where it was on a page, on one shown first where the page wants it.

    Left to Qt it falls on the first button, where the next key may do harm. Where the list a page wants it on
    is hidden until it is read, that button has it meanwhile: a hidden widget would swallow every key.
    """
    wanted = last or page.focusProxy() or page
    if wanted is page or wanted.isVisibleTo(page):
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        return
    stops = (
        each
        for each in page.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled() and each.isVisibleTo(page)
    )
    meanwhile = next(stops, None)
    if meanwhile is not None:
        meanwhile.setFocus(Qt.FocusReason.OtherFocusReason)
        _FocusLater(wanted, meanwhile)


class _FocusLater(QObject):
    """Gives a widget the focus when it is shown, if nobody has moved it from where it waits."""

    def __init__(self, wanted: QWidget, meanwhile: QWidget) -> None:
        super().__init__(wanted)
        self._wanted = wanted
        self._meanwhile = meanwhile
        wanted.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self._wanted.removeEventFilter(self)
            self.deleteLater()
            if self._meanwhile.hasFocus():
                self._wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        return False
