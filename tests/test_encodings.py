"""What a file is in that is not UTF-8: one case of each kind, as a reader would tell it.

How often texts are told right at all is held by `test_transcoding`.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.letter_pairs import ALPHABETS, tables
from validator import check_bytes, load_profile
from validator.encoding import detect
from validator.encoding.advice import Advice
from validator.encoding.charsets import label
from validator.encoding.damage import BadSequence, Legacy, flaws
from validator.encoding.detect import advise
from validator.encoding.evidence import LONGEST, evidence
from validator.encoding.file_declaration import codec_of, declaration
from validator.encoding.inventory import inspect
from validator.encoding.legibility import code_pages, double_byte, languages, spelt
from validator.encoding.seven_bit import MARKS, may_be_utf7, seven_bit
from validator.encoding.utf16 import Wide, wide
from validator.model import Diagnostic, Flaw
from validator.text.lines import Window

from .support import run_cli, write

RUSSIAN = "Радио на весь день.\nНовости в полдень, погода к вечеру.\n"
GREEK = "Τα νέα της ημέρας.\nΟ καιρός αύριο το πρωί.\n"
JAPANESE = "会議は十時から始まります。\n資料をご覧ください。\n"
CHINESE = "会议十点开始。\n请大家准时到。\n"
KOREAN = "회의는 열 시에 시작합니다.\n자료를 읽어 주세요.\n"
FRENCH = "Déjà l'été à Besançon.\nLa forêt, là-bas, brûle.\n"


def found(data: bytes) -> Flaw:
    """The one flaw of the bytes of a file."""
    (flaw,) = flaws([Window(data)])
    return flaw


def advised(data: bytes) -> Advice:
    """What the one flaw of the bytes says that they are in."""
    flaw = found(data)
    assert isinstance(flaw, Legacy)
    assert flaw.advice is not None
    return flaw.advice


def named(data: bytes) -> str:
    """The first encoding that is advised."""
    return advised(data).codecs[0]


def check(data: bytes, name: str = "text") -> tuple[Diagnostic, ...]:
    """What is found in a file under a built-in profile."""
    return check_bytes(data, load_profile(name))


# --- one odd letter, one odd word ---


@pytest.mark.parametrize("odd", ["DJм", "рAдио", "éте", "в US", "Aлфавит", "«№5»"])
@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"])
def test_an_odd_letter_drops_no_answer(encoding: str, odd: str) -> None:
    text = f"{RUSSIAN}Слушайте {odd} до утра.\n"
    data = text.encode(encoding, "ignore")
    assert data.decode(named(data)) == data.decode(encoding)


@pytest.mark.parametrize("odd", ["aλφάβητο", "DJς", "το US"])
@pytest.mark.parametrize("encoding", ["cp1253", "iso8859-7", "cp737"])
def test_an_odd_letter_in_greek(encoding: str, odd: str) -> None:
    data = f"{GREEK}Ακούστε {odd} τώρα.\n".encode(encoding)
    assert data.decode(named(data)) == data.decode(encoding)


def test_two_lines_and_the_same_with_an_odd_word() -> None:
    two = "Привет, как дела?\nВсё хорошо.\n"
    for text in (two, two + "Слушайте DJм\n"):
        assert named(text.encode("koi8-r")) == "koi8-r"
        assert named(text.encode("cp1251")) == "cp1251"


# --- short text in Latin letters ---


@pytest.mark.parametrize(
    "text",
    [
        "5 é café",
        "La forêt est là-bas. Été, naïve, garçon.",
        "café déjà vu",
        "schön, früh",
        "El niño comió jamón",
        "Não há pão",
        "Così è, più tardi",
        "På ön är vår",
        "“Quoted” – it’s fine…",
        "© 2004, ® and 5 €",
    ],
)
def test_short_latin_text_is_windows_1252(text: str) -> None:
    assert named(f"{text}\n".encode("cp1252")) == "cp1252"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Zażółć gęślą jaźń", "cp1250"),
        ("Zażółć gęślą jaźń", "iso8859-2"),
        ("Příliš žluťoučký kůň", "iso8859-2"),
        ("Öğleden sonra ışık", "cp1254"),
        ("Šuo bėga paskui ją", "cp1257"),
        ("Le cœur bat, la sœur dort", "iso8859-15"),
    ],
)
def test_what_speaks_against_windows_1252(text: str, encoding: str) -> None:
    data = f"{text}.\n".encode(encoding)
    assert data.decode(named(data)) == f"{text}.\n"


# --- the wider encoding is named where only it decodes ---


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE + "①番の棚、髙橋商店㈱\n", "cp932", "cp932 (Shift_JIS of Windows)"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (CHINESE, "gb2312", "GB2312"),
        (CHINESE + "請大家準時到\n", "gbk", "GBK"),
        (CHINESE + "他姓䶮，住在㵟村\n", "gb18030", "GB18030"),
        ("會議十點開始。\n請大家準時到。\n", "big5", "Big5"),
        ("會議十點開始。\n請大家準時到，喺度等。\n", "big5hkscs", "Big5-HKSCS"),
        (KOREAN, "euc_kr", "EUC-KR"),
        (KOREAN + "펲시맨과 똠방각하\n", "cp949", "cp949 (UHC, the EUC-KR of Windows)"),
        (KOREAN, "johab", "Johab (cp1361)"),
        ("L’été – déjà à 5 €\n", "cp1252", "windows-1252"),
        ("„Zażółć” – gęślą…\n", "cp1250", "windows-1250"),
        ("Привет — «как дела?»…\n", "cp1251", "windows-1251"),
    ],
)
def test_the_narrowest_that_decodes(text: str, encoding: str, name: str) -> None:
    advice = advised(text.encode(encoding))
    assert label(advice.codecs[0]) == name
    assert advice.wording == "most likely"


def test_iso_where_a_windows_encoding_has_other_letters() -> None:
    text = "Ωραία Άνοιξη\nΆλλη μία, Άγνωστη\n"
    assert named(text.encode("iso8859-7")) == "iso8859-7"
    assert named(text.encode("cp1253")) == "cp1253"


# --- what is advised decodes all of the file ---


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp", "gb18030", "euc_kr"])
def test_an_answer_counts_only_if_the_whole_file_decodes(encoding: str) -> None:
    text = {"euc_kr": KOREAN, "gb18030": CHINESE}.get(encoding, JAPANESE).encode(encoding)
    assert named(text * 300)[:2] == encoding[:2]
    broken = text * 300 + b"\x81\n\xff\n" * 3
    assert advise([Window(broken)]) is None


def test_a_late_byte_speaks_against_an_encoding() -> None:
    """0x81 means nothing in windows-1252; far down it is one byte among very many."""
    text = FRENCH.encode("cp1252") * 400
    assert named(text) == "cp1252"
    assert "cp1252" not in advised(text + b"\x81\n").codecs


@given(st.binary(max_size=60), st.sampled_from(["", "Déjà ", "Привет ", "会議 "]))
def test_no_advice_fails_to_decode(noise: bytes, start: str) -> None:
    data = start.encode("cp1251" if start > "П" else "cp1252", "ignore") + noise
    windows = [Window(data)]
    advice = advise(windows, declaration(windows), asking=False)
    for codec in advice.codecs if advice else ():
        data.decode(codec)


def test_no_bytes_make_the_adviser_fail() -> None:
    for data in (
        b"",
        b"\xff",
        b"\x00\xff",
        bytes(range(256)),
        b"\xff\xd8\xff\xe0",
        b"\xfe" * 70_000,
        b"\xe9" + b"a" * 3 * LONGEST,
        "あ".encode("shift_jis") * LONGEST,
    ):
        advise([Window(data)])


# --- two close candidates ---


def test_two_that_read_nearly_as_well_are_both_shown() -> None:
    (one,) = check("Creează fișiere și dosare în țară\n".encode("iso8859-16"))
    assert one.message.endswith("it is possibly windows-1250, or else ISO-8859-16")
    told = "\n".join(one.notes)
    assert "as windows-1250: `Creează fişiere şi" in told
    assert "as ISO-8859-16: `Creează fișiere și" in told
    assert one.data["alternatives"] == ["iso8859-16"]


def test_signs_alone_make_no_second_candidate() -> None:
    advice = advised("会议开始——请大家准时到。\n".encode("gbk"))  # GB2312 has another dash
    assert (advice.codecs[0], advice.rival) == ("gbk", None)
    assert advice.wording == "most likely"


# --- declarations ---

DECLARATIONS = {
    b'<?xml version="1.0" encoding="ISO-8859-1"?>\n<a/>': ("iso8859-1", 1, "XML declaration"),
    b"<?xml version='1.0' encoding='Shift_JIS'?>": ("shift_jis", 1, "XML declaration"),
    b"<html>\n<head><meta charset=windows-1251>": ("cp1251", 2, "meta element"),
    b'<!doctype html>\n<META http-equiv="Content-Type"\n content="text/html; charset=EUC-KR">': (
        "euc_kr",
        3,
        "meta element",
    ),
    b"#!/bin/sh\n# -*- mode: sh; coding: koi8-r -*-\n": ("koi8-r", 2, "Emacs line"),
    b"# coding=latin-1\n": ("iso8859-1", 1, "encoding comment"),
    b"#!/usr/bin/env ruby\n# encoding: euc-jp\n": ("euc_jp", 2, "encoding comment"),
    b"text\n# vim: set ts=4 fileencoding=cp1250 :\n": ("cp1250", 2, "Vim line"),
    b'Subject: x\nContent-Type: text/plain;\n\tcharset="Big5"\n\nbody': (
        "big5",
        3,
        "Content-Type header",
    ),
    b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=ISO-8859-2\\n"\n': (
        "iso8859-2",
        3,
        "Content-Type header",
    ),
    b'@charset "x-sjis";\n': ("cp932", 1, "@charset"),
    b"\\documentclass{a}\n\\usepackage[latin9]{inputenc}\n": ("iso8859-15", 2, "inputenc option"),
    b'" menu\nscriptencoding latin2\n': ("iso8859-2", 2, "scriptencoding command"),
    b"# affixes\nSET ISO8859-1\nTRY esia\n": ("iso8859-1", 2, "SET line"),
    b"SET microsoft-cp1251\r\n": ("cp1251", 1, "SET line"),
    b'<?xml version="1.0" encoding="klingon"?>': ("", 1, "XML declaration"),
    b'<?xml version="1.0" encoding="UTF-8"?>': ("utf-8", 1, "XML declaration"),
}
NONE_DECLARED = [
    b"",
    b"Notes on coding: koi8-r\n",
    b"# Notes on coding: koi8-r\n",
    b'Write `<meta charset="shift_jis">` there.\n',
    b"text\n" * 2000 + b"# -*- coding: koi8-r -*-\n",
    b"the charset=latin-1 of a file\n",
    b"<p>No charset here.</p>\n",
    b"SET UTF-8 as the encoding.\n",
    b"SET name = 1\n",
]


@pytest.mark.parametrize("head", DECLARATIONS, ids=lambda head: head.decode()[:24])
def test_declarations(head: bytes) -> None:
    told = declaration([Window(head)])
    assert told is not None
    assert (told.codec, told.row, told.kind) == DECLARATIONS[head]
    assert head[told.start :].startswith(told.name.encode())


@pytest.mark.parametrize("head", NONE_DECLARED, ids=lambda head: head.decode()[:24])
def test_no_declaration(head: bytes) -> None:
    assert declaration([Window(head)]) is None


def test_an_editors_line_at_the_end_of_a_large_file() -> None:
    windows = [
        Window(b"text\n" * 100, last=False),
        Window(b"more\n/* vim: fenc=latin1 */\n", 500, 101, first=False),
    ]
    told = declaration(windows)
    assert told is not None
    assert (told.codec, told.row, told.start) == ("iso8859-1", 102, 518)


def test_names_of_encodings() -> None:
    assert codec_of("X-SJIS") == "cp932"
    assert codec_of(" windows-1252 ") == "cp1252"
    assert not any(map(codec_of, ["", "hex", "rot13", "klingon", "x-user-defined", "a\0b"]))


def _declaring(name: str, text: str, encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{name}"?>\n<a>{text}</a>\n'.encode(encoding)


def test_declared_and_true() -> None:
    (one,) = check(_declaring("ISO-8859-1", "Déjà vu, là", "latin-1"))
    assert one.message.endswith("it is ISO-8859-1, as line 1 declares")
    assert one.help == "open it as ISO-8859-1 and save it as UTF-8; then declare that on line 1"
    assert [(aside.message, aside.location) for aside in one.related] == [
        ("declared here", one.related[0].location)
    ]
    assert one.data["declared"] == "ISO-8859-1"


def test_one_byte_of_an_encoding_that_is_declared_is_no_damage() -> None:
    (one,) = check(_declaring("ISO-8859-1", "café", "latin-1"))
    assert one.code == "ENC005"
    (one,) = check(_declaring("UTF-8", "café", "latin-1"))
    assert one.code == "ENC001"


def test_declared_utf8() -> None:
    (one,) = check(_declaring("UTF-8", "Déjà vu, là", "latin-1"))
    assert "line 1 declares `UTF-8` (XML declaration), which it is not" in one.notes
    assert one.message.endswith("it is most likely windows-1252")
    assert one.help.endswith("and save it as UTF-8")


def test_declared_and_undecodable() -> None:
    (one,) = check(_declaring("Shift_JIS", "Привет, как дела?", "cp1251"))
    assert one.message.endswith("it is most likely windows-1251")
    assert (
        "line 1 declares `Shift_JIS` (XML declaration), in which the byte F0 on line 2 means "
        "nothing" in one.notes
    )


def test_declared_but_it_reads_otherwise() -> None:
    (one,) = check(_declaring("iso-8859-1", "Привет, как дела?", "cp1251"))
    assert one.message.endswith("it is most likely windows-1251")
    assert any("as that it reads `<a>Ïðèâåò, êàê äåëà?</a>`" in note for note in one.notes)


def test_a_declaration_decides_between_two_that_read_as_well() -> None:
    romanian = "Creează fișiere și dosare în țară"
    (one,) = check(_declaring("ISO-8859-16", romanian, "iso8859-16"))
    assert one.message.endswith("it is ISO-8859-16, as line 1 declares")


def test_an_encoding_that_only_the_declaration_tells() -> None:
    text = "في الصباح الباكر يفتح الخباز دكانه\n"
    assert codecs.lookup("mac-arabic").name not in {one for one, _, _ in code_pages.ENCODINGS}
    assert named(b"# coding: mac_arabic\n" + text.encode("mac-arabic")) == "mac-arabic"


# --- seven bits ---

SEVEN_BIT = {
    "ISO-2022-JP": JAPANESE.encode("iso2022_jp"),
    "ISO-2022-KR": KOREAN.encode("iso2022_kr"),
    "HZ": CHINESE.encode("hz"),
    "UTF-7": FRENCH.encode("utf-7"),
}
PLAIN = [
    b"In UTF-7 `<` is `+ADw-`, `>` is +AD4-.\n",
    b"e acute is +AOk- in UTF-7, e grave +AOg-\n",
    b"for f in ~{alice,bob}/notes; do echo ~{home~}; done\n",
    b"+import os\n+from sys import path\n-x = a+b\n",
    b"Call +49 30 1234-5678, C++ and 1+1=2, +x-\n",
    b"\x1b[31mred\x1b[0m and \x1b$ alone \x1b(B\n",
    b"the escape is ESC $ B: \x1b$B\n",
    b"abc+def/GHI+jkl-mno\n" * 3,
    b"see RFC 1843: ~{VPND~}\n",
    b"ok +- minus\n",
    b"Il va +AOA Paris +AOA midi +AOA pied\n",
    b"",
]


@pytest.mark.parametrize("name", SEVEN_BIT)
def test_seven_bit_encodings_are_named(name: str) -> None:
    data = SEVEN_BIT[name]
    assert data.isascii()
    assert may_be_utf7([b"clean", data]) or any(mark in data for mark in MARKS)
    (one,) = check(data)
    assert one.code == "ENC011"
    assert f"the file is {name}, not UTF-8" in one.message
    assert f"iconv -f {name} -t UTF-8" in one.help
    assert inspect([Window(data)]).encoding == name


@pytest.mark.parametrize("profile", ["jsonl", "front-matter", "markdown", "mbox"])
@pytest.mark.parametrize("name", SEVEN_BIT)
def test_nothing_more_is_said_of_them(name: str, profile: str) -> None:
    assert [one.code for one in check(SEVEN_BIT[name], profile)] == ["ENC011"]


@pytest.mark.parametrize("data", PLAIN, ids=lambda data: data.decode()[:20])
def test_marks_alone_are_no_encoding(data: bytes) -> None:
    assert not may_be_utf7([data])
    assert seven_bit(Window(data), [Window(data)]) is None
    assert "ENC011" not in {one.code for one in check(data or b"a\n")}


def test_what_not_all_decodes_says_so() -> None:
    data = JAPANESE.encode("iso2022_jp") + b"\x1b$B!\n"
    (one,) = check(data)
    assert one.code == "ENC011"
    assert "not all of it decodes" in one.help


# --- few bad bytes ---


@pytest.mark.parametrize(
    "data",
    [
        b"caf\xe9 and tea\n",
        b"plain text\nwith \xff in it\n",
        b"one \xff\xfe two\n",
        b"a\x80\x81b and so on, and so on\n",
        b"nothing but one \xc3 half\n",
        b"path ..\xc0\xaf..\n",
        b"text \xed\xa0\xbd\xed\xb8\x80 text\n",
        "Das ist eine Größe, die gut passt\n".encode("cp1252"),
        "naïve café\n".encode() + b"d\xe9j\xe0\n",
    ],
)
def test_few_bad_bytes_that_read_as_nothing_are_damage(data: bytes) -> None:
    codes = {one.code for one in check(data)}
    assert codes
    assert codes <= {"ENC001", "ENC003", "ENC004"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("5 é café", "cp1252"),
        ("don’t say “that”", "cp1252"),
        ("© 2004 and ® too", "cp1252"),
        ("name: 田中, room 5", "shift_jis"),
        ("name: 김민수, room 5", "euc_kr"),
    ],
)
def test_few_bytes_that_read_well_are_an_encoding(text: str, encoding: str) -> None:
    data = f"{text}\n".encode(encoding)
    assert data.decode(named(data)) == f"{text}\n"


def test_one_byte_in_a_large_ascii_file_is_damage() -> None:
    data = b"a line of text, and nothing else\n" * 20_000
    (flaw,) = flaws([Window(data + b"\xe9t\xe9"[:1] + b"\n" + data)])
    assert isinstance(flaw, BadSequence)


def test_what_one_byte_was_is_told_from_the_words() -> None:
    (one,) = check("Cada diumenge l'àvia ens esperava a la porta\n".encode("cp1252"))
    assert one.data["character"] == "à"
    assert "else ASCII" in one.notes[-1]


# --- UTF-16 and UTF-32 ---


@pytest.mark.parametrize("profile", ["text", "jsonl", "front-matter", "markdown", "mbox"])
@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_one_finding_for_utf16(codec: str, profile: str) -> None:
    lines = (json.dumps({"id": number, "text": "Größe, Привет"}) for number in range(20))
    data = "\r\n".join([*lines, ""]).encode(codec)
    assert [one.code for one in check(data, profile)] == ["ENC006"]


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize(
    "text",
    ["会議は十時から始まります。", "วันนี้ฝนตกหนักมาก", "Погодасегодняхорошая", JAPANESE * 9, RUSSIAN],
)
def test_utf16_with_hardly_any_nul(text: str, codec: str) -> None:
    told = wide(text.encode(codec))
    assert isinstance(told, Wide)
    assert told.encoding.lower().replace("le", "-le").replace("be", "-be") == codec
    assert [one.code for one in check(text.encode(codec))] == ["ENC006"]
    assert inspect([Window(text.encode(codec))]).encoding == told.encoding


# --- documents within ---


def test_records_that_cannot_be_read_are_rejected(tmp_path: Path) -> None:
    lines = ["Déjà vu", "plain", "à côté", "Même"]
    data = "".join(f"{json.dumps({'t': one}, ensure_ascii=False)}\n" for one in lines)
    write(tmp_path, {"a.jsonl": data.encode("cp1252")})
    code, out, _ = run_cli(str(tmp_path), profile="jsonl")
    assert code == 1
    assert "4 documents (1 valid, 3 rejected)" in out
    assert out.count("ENC005") == 1


# --- the way it is done ---


def test_chardet_is_not_asked_of_what_reads_well(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(lines: bytes) -> Iterator[tuple[str, float]]:
        raise AssertionError(lines)

    monkeypatch.setattr(detect, "answers", fail)
    for text, encoding in (
        (FRENCH, "cp1252"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        ("5 é café", "cp1252"),
    ):
        assert named(text.encode(encoding))


def test_chardet_is_asked_last() -> None:
    assert named("Die Zahlung ist noch offen, bitte sehen Sie nach. ".encode("cp037") * 3) in {
        "cp037",
        "cp500",
        "cp1140",
        "cp273",
    }


def test_what_looks_alike_is_judged_once() -> None:
    detect._ranked.cache_clear()
    for number in range(5):
        named(f"{RUSSIAN}{number}\n".encode("cp1251"))
    assert detect._ranked.cache_info().misses == 1


def test_each_byte_of_a_file_is_in_the_evidence() -> None:
    data = RUSSIAN.encode("cp1251") * 40 + b"caf\x8a \x81" + RUSSIAN.encode("cp1251") * 40
    seen = evidence([Window(data[:400], last=False), Window(data[400:], 400, first=False)])
    assert seen.high == bytes(sorted({byte for byte in data if byte > 0x7F}))
    assert b"caf\x8a" in seen.words
    assert len(seen.words) < 500


# --- the tables ---


def test_the_tables_are_counted_in_our_texts() -> None:
    told = tuple(Path(one).read_text("utf-8") for one in (languages.TABLE, double_byte.TABLE))
    assert tables() == told, "run `python -m benchmarks.letter_pairs`"


def test_letter_pairs_are_those_of_the_alphabets() -> None:
    for code, letters in ALPHABETS.items():
        spoken = languages.language(code)
        assert list(spoken.classes) == [" ", *letters]
        assert len({len(row) for row in spoken.rows}) == 1
        assert len(spoken.rows) == len(spoken.rows[0]) == len(spoken.alone)


def test_encodings_are_known_to_python_and_at_home_somewhere() -> None:
    for codec, _, home in code_pages.ENCODINGS:
        assert codecs.lookup(codec).name == codec
        assert len(code_pages.characters(codec)) == 256
        assert {languages.language(code).script for code in home.split()} in (
            [{"LATIN"}, {"CYRILLIC"}, {"GREEK"}, {"HEBREW"}, {"ARABIC"}, {"THAI"}]
        )
    for codec, language, _ in double_byte.ENCODINGS:
        assert codecs.lookup(codec).name == codec
        assert double_byte.bits_of_text("a", language) == 0


def test_text_reads_and_noise_does_not() -> None:
    for text in (RUSSIAN, GREEK, JAPANESE, CHINESE, KOREAN, FRENCH):
        assert spelt.reads(text)
    for noise in ("", "plain", "Ûðèâåò, êàê äåëà", "縺薙ｓ縺ｫ縺｡縺ｯ", "ЪЫЬЪЩ ЪЬЪ"):
        assert not spelt.reads(noise)
