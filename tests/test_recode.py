"""Files in declared encodings: every rule sees them as UTF-8, every position is one of the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.texts_encodings import ENCODINGS, TEXTS, written
from validator import apply_edits, check_paths
from validator.encoding.charsets import CHARSET, label
from validator.encoding.transcode import Recoded
from validator.model import Diagnostic
from validator.rules.catalog import catalog
from validator.rules.rule import Local, Rule, Whole
from validator.run.checker import check_bytes
from validator.text.lines import Window

from .support import codes, profile, run_cli

CHARSETS = [
    "utf-16-le", "utf-16-be", "utf-16", "utf-32", "utf-8-sig", "cp1251", "shift_jis", "gb18030",
]  # fmt: skip
NOT_COMPOSED = "cp1258"  # which has tones as characters of their own
DECLARABLE = sorted(one for one in ENCODINGS if not one.startswith(("iso2022", "hz", "utf-7")))
CRUMBS = ["a", " ", "\n", "\r\n", "\r", "д", "я\n", "Text. ", "Я", "-"]
MORE = {"shift_jis": ["東", "京\n"], "gb18030": ["汉", "字\n", "é"], "utf-16": ["é", "😀"]}


def pages(data: bytes, size: int) -> Iterator[Window]:
    """`data` in windows of any size: no cut is at a character of its encoding, but by chance."""
    for start in range(0, max(1, len(data)), size):
        part = data[start : start + size]
        yield Window(part, start, first=start == 0, last=start + size >= len(data))


class Pages:
    """The same, to go over as often as needed."""

    def __init__(self, data: bytes, size: int) -> None:
        self.data, self.size = data, size

    def __iter__(self) -> Iterator[Window]:
        return pages(self.data, self.size)


@pytest.mark.parametrize("charset", CHARSETS)
@given(data=st.data())
def test_the_view_and_the_way_back(charset: str, data: st.DataObject) -> None:
    crumbs = st.sampled_from([*CRUMBS, *MORE.get(charset, [])])
    text = "".join(data.draw(st.lists(crumbs, min_size=1, max_size=30)))
    raw = text.encode(charset)
    mark = len("".encode(charset))
    codec = charset if not mark else f"{charset[:6]}-le".replace("utf-8--le", "utf-8")
    windows = list(Recoded(Pages(raw, data.draw(st.integers(4, 40))), charset))
    assert b"".join(window.data for window in windows).decode() == text
    assert [window.last for window in windows] == [False] * (len(windows) - 1) + [True]
    assert [window.offset for window in windows[1:]] == [
        window.offset + len(window.data) for window in windows[:-1]
    ]
    done = ""
    for window in windows:
        for size in range(len(window.text) + 1):
            before = window.text[:size]
            expected = mark + len((done + before).encode(codec))
            assert window.origin(len(before.encode())) == expected
        done += window.text


@given(
    parts=st.lists(st.sampled_from([b"a", b"\n", b"\x81\x40", b"\xff", b"\x81", b"\xfd\xfe"])),
    size=st.integers(1, 9),
)
def test_undecodable_bytes_keep_their_places(parts: list[bytes], size: int) -> None:
    raw = b"".join(parts) + b"\n"
    found = [
        (window.origin(start), window.origin(end), data)
        for window in Recoded(Pages(raw, size), "shift_jis")
        for start, end, data in window.undecodable()
    ]
    for start, end, data in found:
        assert raw[start:end] == data
    kept = bytearray(raw)
    for start, end, _ in reversed(found):
        del kept[start:end]
    kept.decode("shift_jis")


BYTE_RULES = [
    rule
    for rule in catalog().rules.values()
    if isinstance(rule.check, Local | Whole) and rule.name != "byte-order-mark"
]


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16"])
@pytest.mark.parametrize("rule", BYTE_RULES, ids=lambda rule: rule.name)
def test_every_rule_says_the_same_in_another_encoding(rule: Rule, charset: str) -> None:
    for example in rule.examples:
        for data in example.files.values():
            tables = {key: dict(value) for key, value in example.profile.items()}
            text = data.decode("utf-8", "ignore")
            usual = check_bytes(text.encode(), profile(tables))
            tables["encoding"] = {**tables.get("encoding", {}), "charset": charset}
            other = check_bytes(text.encode(charset), profile(tables))
            assert [told(one) for one in other] == [told(one) for one in usual]
            for one, same in zip(other, usual, strict=True):
                start, end = one.byte_offset, one.byte_offset + one.byte_length
                marked = text.encode()[same.byte_offset : same.byte_offset + same.byte_length]
                assert text.encode(charset)[start:end] == marked.decode().encode("utf-16-le")


def told(found: Diagnostic) -> tuple[object, ...]:
    """What must not depend on the encoding."""
    return found.code, found.message, found.location, found.end_location, found.fix is None


def test_fixes_write_the_file_s_encoding() -> None:
    tables = {"encoding": {"charset": "utf-16"}, "text": {"trailing-blanks": "forbid"}}
    text = "Título \nDía.\r\nMás.\n"
    raw = text.encode("utf-16")
    found = check_bytes(raw, profile(tables))
    assert codes(found) == ["TXT101", "ENC202"]
    edits = [edit for one in found if one.fix for edit in one.fix.edits]
    assert apply_edits(raw, edits).decode("utf-16") == "Título\nDía.\nMás.\n"


def test_large_files_are_placed_like_small_ones(tmp_path: Path) -> None:
    line = "Обычная строка текста, и ещё одна.\n"
    text = line * 20_000 + "Плохая строка \n" + line * 20_000
    tables = {"encoding": {"charset": "cp1251"}, "text": {"trailing-blanks": "forbid"}}
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode("cp1251"))
    run = check_paths([str(tmp_path)], profile(tables))
    (found,) = run.diagnostics()
    assert (found.location.row, found.location.column) == (20_001, 14)
    assert found.byte_offset == 20_000 * len(line) + 13
    assert run.summary.totals.bytes == len(text)
    assert found.fix is not None
    fixed = apply_edits(path.read_bytes(), found.fix.edits)
    assert fixed.decode("cp1251") == text.replace(" \n", "\n")


@pytest.mark.parametrize("encoding", sorted({*DECLARABLE} - {NOT_COMPOSED}))
def test_declared_rightly_nothing_is_found(encoding: str) -> None:
    for language in ENCODINGS[encoding]:
        text = written(f"{language}\n{TEXTS[language]}\n", encoding)
        found = check_bytes(text.encode(encoding), profile({"encoding": {"charset": encoding}}))
        assert not found, [one.message for one in found]


@pytest.mark.parametrize("encoding", DECLARABLE)
def test_utf8_is_recognised_under_every_declaration(encoding: str) -> None:
    for language in ENCODINGS[encoding]:
        text = written(f"{language}\n{TEXTS[language]}\n", encoding)
        found = check_bytes(text.encode(), profile({"encoding": {"charset": encoding}}))
        assert set(codes(found)) <= {"ENC007", "ENC008"}
        assert found


def test_the_first_that_fits_counts() -> None:
    mixed = profile({"encoding": {"charset": ["utf-8", "shift_jis", "windows-1252"]}})
    for charset in ("utf-8", "shift_jis"):
        assert not check_bytes("東京\n晴れ。\n".encode(charset), mixed)
    assert not check_bytes("Déjà vu\nL’été.\n".encode("cp1252"), mixed)
    strict = profile({"encoding": {"charset": ["ascii", "shift_jis"]}})
    (found,) = check_bytes(b"Title\n\xffText.\n", strict)
    assert (found.code, found.byte_offset) == ("ENC007", 6)
    assert "US-ASCII, the first of 2 declared encodings" in found.message


def test_damaged_utf8_is_not_the_second_encoding() -> None:
    tables = {"encoding": {"charset": ["utf-8", "windows-1252"]}}
    (found,) = check_bytes("Déjà vu\n".encode() + b"\xe9t", profile(tables))
    assert found.code == "ENC001"


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig", "utf-32"])
def test_a_mark_alone_is_an_empty_file(charset: str) -> None:
    (found,) = check_bytes("".encode(charset), profile({"encoding": {"charset": charset}}))
    assert found.name == "empty-file"


def test_small_files_take_the_fast_way_and_the_slow_one_alike(tmp_path: Path) -> None:
    texts = {"a.txt": "Déjà\nÀ côté.\n", "b.txt": "Déjà \nÀ côté.\n", "c.txt": "Un\nDeux.\n"}
    for name, text in texts.items():
        (tmp_path / name).write_bytes(text.encode("cp1252"))
    tables = {"encoding": {"charset": "windows-1252"}, "text": {"trailing-blanks": "forbid"}}
    run = check_paths([str(tmp_path)], profile(tables))
    assert [os.path.basename(one.path) for one in run.diagnostics()] == ["b.txt"]
    assert run.summary.totals.bytes == sum(map(len, texts.values()))


@pytest.mark.parametrize("value", ["utf-7", "base64", "windows-1525", "", [], 8, ["utf-8", 1]])
def test_what_is_no_charset(value: object) -> None:
    with pytest.raises(ValueError, match=r"^(must be|names no|cannot be)"):
        CHARSET.read(value)


def test_an_unknown_charset_is_an_error_of_the_configuration(tmp_path: Path) -> None:
    from validator.errors import ConfigError

    path = tmp_path / "seed-validator.toml"
    path.write_text('[profiles.a.encoding]\ncharset = "windows-1525"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r":2:1: .*did you mean `windows-125"):
        run_cli(str(tmp_path), config=str(path))


def test_names() -> None:
    assert label("cp1252") == "windows-1252"
    assert label("iso8859-15") == "ISO-8859-15"
    assert label("koi8-r") == "KOI8-R"
    assert label("utf-16-le") == "UTF-16-LE"
    assert label("cp850") == "IBM850"
