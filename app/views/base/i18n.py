"""The language the window speaks now: `_`, lazy texts, and the signal when it changes.

`_("Save")` translates at once; `N_("Save")` makes a `LazyText` that is translated each time it is shown,
for tables of columns, actions and settings that outlive a change of language. Placeholders are filled
after translating: `_("Ticket {number}").format(number=...)`, never with an f-string inside.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from app.services.base.texts import PSEUDO_LANGUAGE, SOURCE_LANGUAGE, Texts


class CurrentLanguage(QObject):
    """Holds the texts of the language shown now. There is one per program: `current`."""

    changed = Signal(str)  # the language's code; emitted after the texts and Qt's own words are in place

    def __init__(self) -> None:
        super().__init__()
        self._texts = Texts(SOURCE_LANGUAGE)
        self._qt_words: QTranslator | None = None

    @property
    def code(self) -> str:
        """The language's code: "en", "zh_CN", or "qps" in tests."""
        return self._texts.language

    @property
    def texts(self) -> Texts:
        """The catalogue, for services that write reports in the window's language."""
        return self._texts

    def use(self, language: str) -> None:
        """Switch to `language`. Screens already built keep their words until they are built again."""
        self._texts = Texts(language)
        self._install_qt_words()
        self.changed.emit(language)

    def _install_qt_words(self) -> None:
        """Let Qt's own dialogs say OK and Cancel in the chosen language; English needs no file."""
        application = QCoreApplication.instance()
        if application is None:
            return
        if self._qt_words is not None:
            application.removeTranslator(self._qt_words)
            self._qt_words = None
        QLocale.setDefault(QLocale(SOURCE_LANGUAGE if self.code == PSEUDO_LANGUAGE else self.code))
        words = QTranslator(application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self.code != SOURCE_LANGUAGE and words.load(f"qtbase_{self.code}", folder):
            application.installTranslator(words)
            self._qt_words = words


current = CurrentLanguage()
"""The one language of this program's windows. `bootstrap` calls `use` once the preferences are read."""


def _(msgid: str) -> str:
    """Return the text in the current language."""
    return current.texts.gettext(msgid)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form for `count` in the current language, placeholders still unfilled."""
    return current.texts.ngettext(singular, plural, count)


def pgettext(context: str, msgid: str) -> str:
    """Return the text as it is said in `context`."""
    return current.texts.pgettext(context, msgid)


@dataclass(frozen=True, slots=True)
class LazyText:
    """A text that is translated whenever it is turned into a `str`, so it follows the language."""

    msgid: str

    def __str__(self) -> str:
        return current.texts.gettext(self.msgid)


def N_(msgid: str) -> LazyText:  # gettext's own name for this marker
    """Mark a text that is translated later, when shown: `str(N_("Subject"))`."""
    return LazyText(msgid)


@dataclass(frozen=True, slots=True)
class LazyPlural:
    """A text with a number in it, whose form is chosen when both number and language are known."""

    singular: str
    plural: str

    def form(self, count: int) -> str:
        """Return the form for `count`, placeholders still unfilled."""
        return current.texts.ngettext(self.singular, self.plural, count)


def NN_(singular: str, plural: str) -> LazyPlural:
    """Mark a text with a number that is translated later: `NN_("{count} ticket", "{count} tickets")`."""
    return LazyPlural(singular, plural)
