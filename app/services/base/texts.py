"""One text catalogue per language: sentences from gettext, dates and numbers from Babel, no Qt."""

from __future__ import annotations

import gettext
import hashlib
import os
import tempfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

from app.services.base.resources import resource_path

SOURCE_LANGUAGE = "en"
PSEUDO_LANGUAGE = "qps"
LANGUAGES = (SOURCE_LANGUAGE, "zh_CN")
"""What a person may choose. English is the language of the source, so it has no catalogue of its own."""
_DAY_FIRST = "en_GB"  # English for the world: "16 April 2026", which nobody reads as another day

DateLength = Literal["short", "medium", "long", "full"]

_ACCENTED = str.maketrans("aceinouyACEINOUY", "àçéîñôûýÀÇÉÎÑÔÛÝ")


def mark(msgid: str) -> str:
    """Mark a text for translation without translating it: `Texts.gettext` does, when it is shown."""
    return msgid


class Texts:
    """All texts of one language. Immutable after loading, so any thread may read it.

    A text without translation comes back as it was written (English). `language` is "en", "zh_CN", or
    "qps", the pseudo-language in which every translated text is bracketed and accented: what stays plain
    in it was never translated.
    """

    def __init__(self, language: str = SOURCE_LANGUAGE, *, cache_folder: Path | None = None) -> None:
        """Load the catalogue of `language`.

        `cache_folder` is where compiled catalogues are kept; None means the user's own cache folder.
        """
        self.language = language
        self._catalogue = _catalogue(language, cache_folder)

    def gettext(self, msgid: str) -> str:
        """Return the text in this language."""
        return self._shown(self._catalogue.gettext(msgid)) if msgid else ""

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the form for `count`. The caller still fills placeholders with `.format`."""
        return self._shown(self._catalogue.ngettext(singular, plural, count))

    def pgettext(self, context: str, msgid: str) -> str:
        """Return the text where the same English word means different things in different places."""
        return self._shown(self._catalogue.pgettext(context, msgid))

    def day(self, day: date, length: DateLength = "medium") -> str:
        """Format a calendar day as this language writes it."""
        from babel.dates import format_date  # noqa: PLC0415 - 50 ms, only once a date is shown

        return format_date(day, format=length, locale=self._locale)

    def date_pattern(self, moment: date | datetime, skeleton: str) -> str:
        """Format by a CLDR skeleton such as "yMMMd" or "MMMMd"; the order of its parts follows the language.

        A `datetime` is formatted as it stands: convert it to the wanted zone first.
        """
        from babel.dates import format_skeleton  # noqa: PLC0415 - as above

        return format_skeleton(skeleton, moment, tzinfo=getattr(moment, "tzinfo", None), locale=self._locale)

    def number(self, value: float, decimals: int = 0) -> str:
        """Format with grouping and exactly `decimals` digits after the point."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - as above

        pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
        return format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, share: float, decimals: int = 0) -> str:
        """Format a share of one as a percentage: 0.953 -> "95 %" or "95%", as the language writes it."""
        from babel.numbers import format_percent  # noqa: PLC0415 - as above

        pattern = "#,##0." + "0" * decimals + "%" if decimals else "#,##0%"
        return format_percent(share, format=pattern, locale=self._locale)

    @property
    def _locale(self) -> str:
        return _DAY_FIRST if self.language in {SOURCE_LANGUAGE, PSEUDO_LANGUAGE} else self.language

    def _shown(self, text: str) -> str:
        return pseudo(text) if self.language == PSEUDO_LANGUAGE else text


def pseudo(text: str) -> str:
    """Return `text` bracketed and accented; placeholders in braces stay as they are."""
    parts = text.split("{")
    shown = [parts[0].translate(_ACCENTED)]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        shown.append("{" + name + brace + rest.translate(_ACCENTED))
    return "⟦" + "".join(shown) + "⟧"


def _catalogue(language: str, cache_folder: Path | None) -> gettext.NullTranslations:
    sources = sorted(resource_path("i18n", language).glob("*.po"))
    if not sources:
        return gettext.NullTranslations()
    folder = cache_folder or _user_cache()
    compiled = folder / f"{language}-{_fingerprint(sources)}.mo"
    try:
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, UnicodeDecodeError, ValueError):  # not compiled yet, or the cache is damaged
        content = compile_catalogue(language, sources)
        _keep(compiled, content)
        return gettext.GNUTranslations(BytesIO(content))


def compile_catalogue(language: str, sources: list[Path]) -> bytes:
    """Merge .po files of one language and return them in gettext's binary form.

    Fuzzy entries are left out. Where two files translate the same text, the first file wins;
    `python -m tests.support.strings` reports such pairs.
    """
    from babel.messages.catalog import Catalog  # noqa: PLC0415 - only when the cache is cold
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    merged = Catalog(locale=language, fuzzy=False)
    for source in sources:
        with source.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and not message.fuzzy and merged.get(message.id, message.context) is None:
                    merged.add(message.id, message.string, context=message.context)
    content = BytesIO()
    write_mo(content, merged)
    return content.getvalue()


def _fingerprint(sources: list[Path]) -> str:
    seen = hashlib.sha256()
    for source in sources:
        about = source.stat()
        seen.update(f"{source}|{about.st_size}|{about.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:16]


def _user_cache() -> Path:
    import platformdirs  # noqa: PLC0415 - 5 ms, not needed where a test names its own folder

    return Path(platformdirs.user_cache_dir("Firstline", appauthor=False)) / "i18n"


def _keep(compiled: Path, content: bytes) -> None:
    """Write the compiled catalogue beside its older versions and drop those; failing costs only time."""
    try:
        compiled.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=compiled.parent, suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(compiled)
        language = compiled.name.rpartition("-")[0]
        for older in compiled.parent.glob(f"{language}-*.mo"):
            if older != compiled:
                older.unlink(missing_ok=True)
    except OSError:
        return
