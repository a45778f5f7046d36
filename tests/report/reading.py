"""Reads PDFs back the way a reader does: pages, words, pictures, links and characters."""

from __future__ import annotations

import re
from io import BytesIO
from typing import cast

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def page_texts(pdf: bytes) -> list[str]:
    """The words of each page, in the order in which they were drawn."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def all_text(pdf: bytes) -> str:
    """The words of all pages."""
    return "\n".join(page_texts(pdf))


def squeezed(text: str) -> str:
    """The text without any white space, so that line ends do not count."""
    return re.sub(r"\s+", "", text)


def running_text(pdf: bytes, furniture: re.Pattern[str]) -> str:
    """All pages squeezed, one after another, each without what `furniture` finds at its end."""
    return "".join(furniture.sub("", squeezed(text)) for text in page_texts(pdf))


def foreign_content(pdf: bytes) -> list[str]:
    """Names of pictures, links, scripts and attachments in the file; a report has none."""
    reader = PdfReader(BytesIO(pdf))
    found = [str(image.name) for page in reader.pages for image in page.images]
    found += ["annotation" for page in reader.pages if page.get("/Annots")]
    root = reader.root_object
    found += [key for key in ("/OpenAction", "/AA", "/AcroForm") if key in root]
    found += [key for key in ("/JavaScript", "/EmbeddedFiles") if key in root.get("/Names", {})]
    return found


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """The fonts that the pages name, and whether each is inside the file."""
    found: dict[str, bool] = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in _dictionary(page, "/Resources", "/Font").values():
            described = font.get_object()
            inside = "/FontFile2" in _dictionary(described, "/FontDescriptor")
            found[str(described["/BaseFont"]).lstrip("/")] = inside
    return found


def _dictionary(found: DictionaryObject, *path: str) -> DictionaryObject:
    for key in path:
        found = cast(DictionaryObject, found.get(key, DictionaryObject()).get_object())
    return found
