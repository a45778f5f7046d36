"""Texts of one language: catalogues merged, kept compiled, and honest about what is missing."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from app.models.entities import tickets
from app.models.entities.tickets import Channel, TicketStatus, TicketType
from app.services.base import resources
from app.services.base.permissions import PERMISSIONS
from app.services.base.resources import resource_path
from app.services.base.terms import (
    PERMISSION_TERMS,
    PRIORITY_NAMES,
    TERMS,
    permission_term,
    priority_title,
    term,
)
from app.services.base.texts import PSEUDO_LANGUAGE, Texts, pseudo

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n'


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A resources folder with one small catalogue, and a cache that is empty."""
    monkeypatch.setattr(resources.sys, "_MEIPASS", str(tmp_path), raising=False)
    folder = tmp_path / "resources" / "i18n" / "zh_CN"
    folder.mkdir(parents=True)
    return folder


def write(folder, name, *entries):
    lines = [f'msgid "{msgid}"\nmsgstr "{text}"\n' for msgid, text in entries]
    (folder / name).write_text(HEAD + "\n" + "\n".join(lines), "utf-8")


def test_english_is_what_stands_in_the_program():
    assert Texts("en").gettext("In progress") == "In progress"


def test_an_empty_text_stays_empty():
    assert Texts("zh_CN").gettext("") == ""


def test_all_catalogues_of_a_language_count(catalogue, tmp_path):
    write(catalogue, "a.po", ("Save", "保存"))
    write(catalogue, "b.po", ("Open", "打开"))

    texts = Texts("zh_CN", cache_folder=tmp_path / "cache")

    assert [texts.gettext("Save"), texts.gettext("Open")] == ["保存", "打开"]


def test_a_text_without_translation_is_shown_in_english(catalogue, tmp_path):
    write(catalogue, "a.po", ("Save", "保存"))

    assert Texts("zh_CN", cache_folder=tmp_path / "cache").gettext("Print") == "Print"


def test_a_guess_is_not_shown(catalogue, tmp_path):
    write(catalogue, "a.po", ("Save", "保存"))
    with (catalogue / "a.po").open("a", encoding="utf-8") as file:
        file.write('\n#, fuzzy\nmsgid "Print"\nmsgstr "印象"\n')

    assert Texts("zh_CN", cache_folder=tmp_path / "cache").gettext("Print") == "Print"


def test_the_same_word_may_differ_by_context(catalogue, tmp_path):
    (catalogue / "a.po").write_text(
        HEAD + '\nmsgctxt "short"\nmsgid "min"\nmsgstr "分"\n\nmsgid "min"\nmsgstr "分钟"\n', "utf-8"
    )

    texts = Texts("zh_CN", cache_folder=tmp_path / "cache")

    assert [texts.pgettext("short", "min"), texts.gettext("min")] == ["分", "分钟"]


def test_plurals_follow_the_language(catalogue, tmp_path):
    (catalogue / "a.po").write_text(
        HEAD + '\nmsgid "{n} ticket"\nmsgid_plural "{n} tickets"\nmsgstr[0] "{n} 个工单"\n', "utf-8"
    )
    chinese, english = Texts("zh_CN", cache_folder=tmp_path / "cache"), Texts("en")

    assert chinese.ngettext("{n} ticket", "{n} tickets", 2) == "{n} 个工单"
    assert english.ngettext("{n} ticket", "{n} tickets", 1) == "{n} ticket"
    assert english.ngettext("{n} ticket", "{n} tickets", 2) == "{n} tickets"


def test_a_changed_catalogue_is_compiled_again(catalogue, tmp_path):
    write(catalogue, "a.po", ("Save", "存"))
    Texts("zh_CN", cache_folder=tmp_path / "cache")

    write(catalogue, "a.po", ("Save", "保存文件"))

    assert Texts("zh_CN", cache_folder=tmp_path / "cache").gettext("Save") == "保存文件"
    assert len(list((tmp_path / "cache").iterdir())) == 1


def test_a_damaged_cache_is_made_again(catalogue, tmp_path):
    write(catalogue, "a.po", ("Save", "保存"))
    Texts("zh_CN", cache_folder=tmp_path / "cache")
    (compiled,) = (tmp_path / "cache").iterdir()
    compiled.write_bytes(b"damaged")

    assert Texts("zh_CN", cache_folder=tmp_path / "cache").gettext("Save") == "保存"


def test_texts_load_even_where_nothing_can_be_kept(catalogue, tmp_path):
    write(catalogue, "a.po", ("Save", "保存"))
    (tmp_path / "file").write_text("")

    assert Texts("zh_CN", cache_folder=tmp_path / "file" / "cache").gettext("Save") == "保存"


def test_a_warm_start_takes_less_than_ten_milliseconds(tmp_path):
    Texts("zh_CN", cache_folder=tmp_path)
    began = time.perf_counter()

    Texts("zh_CN", cache_folder=tmp_path)

    # The goal is 10 ms on a quiet machine; a busy one is given room, so that this does not cry wolf.
    assert time.perf_counter() - began < 0.05


def test_the_pseudo_language_brackets_every_text_and_keeps_placeholders():
    texts = Texts(PSEUDO_LANGUAGE)

    assert texts.gettext("Open {count} items") == "⟦Ôpéñ {count} îtéms⟧"
    assert pseudo("{name}") == "⟦{name}⟧"


def test_days_and_numbers_are_written_as_each_language_does():
    chinese, english = Texts("zh_CN"), Texts("en")
    day = date(2026, 11, 21)

    assert [english.day(day), chinese.day(day)] == ["21 Nov 2026", "2026年11月21日"]
    assert [english.number(12480.5, 1), english.number(1200)] == ["12,480.5", "1,200"]
    assert chinese.percent(0.953, 1) == "95.3%"
    assert chinese.date_pattern(datetime(2026, 11, 21, tzinfo=UTC), "MMMd") == "11月21日"


def test_resources_are_found_in_the_tree():
    assert resource_path("i18n", "zh_CN", "terms.po").is_file()


def test_resources_are_found_in_a_frozen_program(monkeypatch, tmp_path):
    monkeypatch.setattr(resources.sys, "_MEIPASS", str(tmp_path), raising=False)

    assert resource_path("icons") == tmp_path / "resources" / "icons"


# --- the desk's words -----------------------------------------------------------------------------------

TICKET_ENUMS = [
    kind
    for kind in vars(tickets).values()
    if isinstance(kind, type) and issubclass(kind, tickets.StrEnum) and kind is not tickets.StrEnum
]
EVERY_WORD = [
    *((kind, member) for kind in TERMS for member in kind),
    *((None, text) for text in (*PRIORITY_NAMES.values(), *PERMISSION_TERMS.values())),
]


@pytest.mark.parametrize("kind", TICKET_ENUMS)
def test_every_state_and_kind_of_a_ticket_has_a_word(kind):
    assert set(TERMS[kind]) == set(kind)


@pytest.mark.parametrize(("kind", "word"), EVERY_WORD)
def test_every_word_has_its_chinese(kind, word):
    chinese = Texts("zh_CN")

    shown = term(chinese, word) if kind else chinese.gettext(word)

    assert any("\u4e00" <= letter <= "\u9fff" for letter in shown)


def test_equal_codes_of_different_kinds_have_their_own_words():
    english = Texts("en")

    assert term(english, TicketType.MONITORING) == "Monitoring event"
    assert term(english, Channel.MONITORING) == "Monitoring"


def test_words_follow_the_glossary():
    chinese = Texts("zh_CN")

    assert [term(chinese, TicketStatus.WAITING), term(chinese, Channel.VOICEMAIL)] == ["挂起", "语音信箱"]
    assert priority_title(chinese, 1) == "P1 紧急"
    assert priority_title(chinese, 6) == "P6"


def test_every_permission_has_a_word():
    assert set(PERMISSION_TERMS) == set(PERMISSIONS)


def test_a_permission_without_a_word_is_shown_by_its_name():
    assert permission_term(Texts("en"), "future.thing") == "future.thing"
