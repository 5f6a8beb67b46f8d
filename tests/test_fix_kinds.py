"""The fixes, kind by kind: what they write, and what they leave."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import zstandard

from validator import apply_edits, fixes
from validator.check.plan import Named
from validator.cli.fixes import FixWishes
from validator.fix.rounds import Mended, Mender
from validator.run.assemble import bind

from .support import profile, run_cli
from .test_fix_laws import TODAY

Tables = Mapping[str, Mapping[str, object]]
FRONT: Tables = {"delimiters": {"block": "front-matter"}}
RECORDS: Tables = {"delimiters": {"kind": "json-lines"}}


def mend(tables: Tables, text: str | bytes, *, unsafe: bool = False, name: str = "a.txt") -> Mended:
    """What comes of a text under these keys of a profile."""
    data = text.encode() if isinstance(text, str) else text
    mender = Mender(bind(profile(tables), []), TODAY, unsafe=unsafe)
    return mender.mend(Named(name, name.encode()), name.encode(), data)


def metadata(text: str, *, unsafe: bool = False, **keys: object) -> str:
    """What comes of a document with front matter under these keys of `metadata`."""
    found = mend({**FRONT, "metadata": keys}, text, unsafe=unsafe, name="a.md")
    assert not found.refused
    return found.data.decode()


SCHEMA = {
    "properties": {
        "title": {"type": "string"},
        "version": {"type": "string"},
        "status": {"enum": ["Draft", "Final"]},
        "author": {"x-alias": ["authors"]},
        "tags": {"x-sorted": "text"},
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("country: no", 'country: "no"'),
        ("country: 0123 # an id", 'country: "0123" # an id'),
        ("country: 3.10", 'country: "3.10"'),
        ("country: true", "country: true"),
        ("country: [1]", "country: [1]"),
    ],
)
def test_what_the_schema_takes_for_text_is_quoted(before: str, after: str) -> None:
    schema = {"properties": {"country": {"type": "string"}}}
    assert metadata(f"---\n{before}\n---\nText.\n", schema=schema) == f"---\n{after}\n---\nText.\n"


def test_an_ambiguous_value_without_a_schema_is_left() -> None:
    assert metadata("---\na: no\n---\nText.\n") == "---\na: no\n---\nText.\n"


def test_keys_are_put_in_order_with_their_comments() -> None:
    before = "---\ntitle: A  # short\n# since 2020\ndate: '2020'\nx: 1\nid: |\n  1\n  2\n---\nB.\n"
    after = "---\nid: |\n  1\n  2\ntitle: A  # short\nx: 1\n# since 2020\ndate: '2020'\n---\nB.\n"
    assert metadata(before, order=["id", "title", "date"]) == after


def test_keys_of_a_record_are_put_in_order() -> None:
    tables = {**RECORDS, "metadata": {"order": ["id", "title"]}}
    found = mend(tables, '{"title": "a, b", "x": [1, 2], "id": {"n": 1}}\n')
    assert found.data == b'{"id": {"n": 1}, "x": [1, 2], "title": "a, b"}\n'


def test_another_name_of_a_field_becomes_its_own() -> None:
    before = "---\nauthors: Ann # and more\n---\nText.\n"
    assert metadata(before, schema=SCHEMA) == before.replace("authors", "author")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("titel: A", "title: A"),
        ('"titel": A', '"title": A'),
        ("status: 'Fianl'", "status: 'Final'"),
        ('tags: [b, a, "c"]', 'tags: [a, b, "c"]'),
        ("tags:\n  - b\n  - a", "tags:\n  - a\n  - b"),
        ("tags:\n  - b # the first\n  - a", "tags:\n  - b # the first\n  - a"),
    ],
)
def test_what_was_meant_is_written_where_that_is_asked_for(before: str, after: str) -> None:
    text = f"---\n{before}\n---\nText.\n"
    assert metadata(text, schema=SCHEMA) == text
    assert metadata(text, unsafe=True, schema=SCHEMA) == f"---\n{after}\n---\nText.\n"


def test_fused_records_are_parted() -> None:
    text = b'{"id": "a1"}{"id": "a2"}\n'
    assert mend(RECORDS, text).data == text
    assert mend(RECORDS, text, unsafe=True).data == b'{"id": "a1"}\n{"id": "a2"}\n'


def test_a_line_separator_in_a_record_is_written_as_an_escape() -> None:
    text = '{"text": "one\u2028two\u2029"}\n'
    found = mend(RECORDS, text)
    assert found.data == b'{"text": "one\\u2028two\\u2029"}\n'
    assert json.loads(found.data) == json.loads(text)
    assert mend({}, "one\u2028two\n").data == "one\u2028two\n".encode()
    assert mend({}, "one\u2028two\n", unsafe=True).data == b"one\ntwo\n"


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
def test_the_blank_line_that_a_last_record_lacks_is_written(end: str) -> None:
    classes = {"blank": {"pattern": "[ \\t]*"}, "word": {"pattern": "[a-z]+"}}
    tables: Tables = {
        "body": {"lines": {"model": "(word+ blank)*", "classes": classes}},
        "encoding": {"newline": "one-style", "final-newline": "require"},
    }
    newline = end[:2] if end[:1] == "\r" else "\n"
    text = newline.join(["one", "two", "", "three"])
    assert mend(tables, text + end).data == (text + newline * 2).encode()


@pytest.mark.parametrize("behind", [b"  ", b"\t", b"\r"])
def test_a_closing_fence_with_something_behind_it_is_a_fence(behind: bytes) -> None:
    found = mend(FRONT, b"---\ntitle: A\n---" + behind + b"\nText.\n")
    assert found.data == b"---\ntitle: A\n---\nText.\n"


def test_a_fence_that_is_missing_is_written_behind_the_metadata() -> None:
    text = "---\ntitle: A\ntags: [b]\n\nText of it.\n"
    assert mend(FRONT, text).data == text.encode()
    assert mend(FRONT, text, unsafe=True).data == b"---\ntitle: A\ntags: [b]\n---\n\nText of it.\n"


def test_nfc_is_safe_and_nfkc_is_not() -> None:
    assert mend({}, "Cafe\u0301\n").data == "Caf\u00e9\n".encode()
    tables = {"text": {"normalization": "nfkc"}}
    assert mend(tables, "x\u00b2\n").data == "x\u00b2\n".encode()
    assert mend(tables, "x\u00b2\n", unsafe=True).data == b"x2\n"


BLANKS: Tables = {"text": {"trailing-blanks": "forbid"}}


def test_hard_line_breaks_of_markdown_are_left() -> None:
    text = b"One  \ntwo \nthree\t\n  \n"
    assert mend(BLANKS, text).data == b"One\ntwo\nthree\n\n"
    assert mend(BLANKS, text, name="a.md").data == b"One  \ntwo\nthree\n\n"


def test_blanks_that_are_a_part_of_a_value_are_left() -> None:
    text = b"---\na: |\n  one \n  two\n---\nText.\n"
    found = mend({**FRONT, **BLANKS}, text)
    assert (found.data, [*found.refused]) == (text, ["TXT101"])


FRENCH = "Déjà vu à Besançon.\nL'été, où même là-bas ça gèle.\nNoël, forêt, œuvre.\n" * 4


@pytest.mark.parametrize("codec", ["cp1252", "utf-16", "utf-16-be", "utf-32-le"])
def test_a_file_in_a_declared_encoding_is_written_in_utf8(codec: str) -> None:
    tables = {"encoding": {"repair-from": ["utf-16", "utf-32", "windows-1252"]}}
    found = mend(tables, FRENCH.encode(codec))
    assert found.data == FRENCH.encode()
    assert mend({}, FRENCH.encode(codec)).data == FRENCH.encode(codec)


@pytest.mark.parametrize("codec", ["cp1252", "utf-16"])
@pytest.mark.parametrize("name", ["windows-1252", "utf-16", "klingon"])
def test_what_a_file_declares_of_itself_is_never_made_wrong(codec: str, name: str) -> None:
    text = f'<?xml version="1.0" encoding="{name}"?>\n<a>{FRENCH}</a>\n'
    tables = {"encoding": {"repair-from": ["utf-16", "windows-1252"]}}
    assert mend(tables, text.encode(codec)).data == text.encode(codec)
    right = text.replace(name, "UTF-8")
    assert mend(tables, right.encode(codec)).data == right.encode()


def test_an_affix_file_that_names_its_encoding_stays_in_it() -> None:
    """Programs that check spelling would read it in that encoding all the same."""
    text = f"SET ISO8859-1\n{FRENCH.replace('œ', 'oe')}"
    tables = {"encoding": {"repair-from": ["iso8859-1"]}}
    assert mend(tables, text.encode("latin-1")).data == text.encode("latin-1")
    bare = text.partition("\n")[2]
    assert mend(tables, bare.encode("latin-1")).data == bare.encode()


def test_a_byte_of_a_declared_encoding_is_written_in_utf8() -> None:
    text = FRENCH.encode() + b"Caf\xe9, c\x9cur.\n"
    tables = {"encoding": {"repair-from": ["windows-1252"]}}
    assert mend(tables, text).data == FRENCH.encode() + "Café, cœur.\n".encode()
    assert mend({}, text).data == text


def test_a_sequence_that_was_cut_is_no_byte_of_a_declared_encoding() -> None:
    text = FRENCH.encode() + b"10 \xe2\x82 a day.\n"
    found = mend({"encoding": {"repair-from": ["windows-1252"]}}, text)
    assert found.data == text


@pytest.mark.parametrize("lines", [3, 3000])
def test_line_ends_of_any_number(lines: int) -> None:
    text = b"One line.\r\n" * lines
    assert mend({}, text).data == b"One line.\n" * lines
    assert mend({}, text + b"Last.\n" * (lines - 1)).data.count(b"\r") == 0
    wide = {"encoding": {"charset": "utf-16", "newline": "lf"}}
    found = mend(wide, (text.decode() + "é\n").encode("utf-16"))
    assert found.data == (text.decode().replace("\r", "") + "é\n").encode("utf-16")


PACK: Mapping[str, Callable[[bytes], bytes]] = {
    "gz": lambda data: gzip.compress(data, 9, mtime=7),
    "bz2": lambda data: bz2.compress(data, 3),
    "xz": lambda data: lzma.compress(data, check=lzma.CHECK_SHA256),
    "zst": lambda data: zstandard.ZstdCompressor(write_checksum=True).compress(data),
}
UNPACK: Mapping[str, Callable[[bytes], bytes]] = {
    "gz": gzip.decompress,
    "bz2": bz2.decompress,
    "xz": lzma.decompress,
    "zst": lambda data: zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read(),
}


@pytest.mark.parametrize("suffix", PACK)
def test_a_compressed_file_stays_one(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / f"a.txt.{suffix}"
    before = PACK[suffix](b"One \ntwo\n" * 100)
    path.write_bytes(before)
    wishes = FixWishes(fix=True, backup="../kept" if suffix == "gz" else None)
    (tmp_path / "seed-validator.toml").write_text(
        '[profiles.a]\nfiles = ["a.txt*"]\ntext.trailing-blanks = "forbid"\n'
    )
    code, _, err = run_cli(path.name, fixes=wishes)
    assert (code, "Fixed 100 findings" in err) == (0, True)
    after = path.read_bytes()
    assert UNPACK[suffix](after) == b"One\ntwo\n" * 100
    size = 4 if suffix == "zst" else 8
    assert after[:size] == before[:size], "its header is that which it had"


def test_members_that_hold_a_document_each_are_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    before = b"".join(gzip.compress(f"A{n}: one\nText \n".encode()) for n in range(3))
    path.write_bytes(before)
    (tmp_path / "seed-validator.toml").write_text(
        '[profiles.a]\nfiles = ["a.txt.gz"]\ntext.trailing-blanks = "forbid"\n'
        'delimiters.kind = "marked"\ndelimiters.members = "document"\n'
        'delimiters.begin = { pattern = "A[0-9]: .*", form = "A1: NAME" }\n'
    )
    _, out, _ = run_cli(str(path), fixes=FixWishes(fix=True))
    assert "each member of the compressed file holds a document" in " ".join(out.split())
    assert path.read_bytes() == before


def test_fixes_of_the_library_are_proved_and_can_be_made_together() -> None:
    text = b"\xef\xbb\xbfTitle \nText."
    tables = {**BLANKS, "encoding": {"final-newline": "require"}}
    found = [*fixes(text, profile(tables))]
    assert [one.code for one in found] == ["ENC101", "TXT101", "ENC203"]
    edits = [edit for one in found if one.fix for edit in one.fix.edits]
    assert apply_edits(text, edits) == b"Title\nText.\n"
    assert [*fixes(b"Title\nText.\n", profile(tables))] == []


def test_fixes_of_the_library_leave_what_cannot_be_proved() -> None:
    tables = {
        "delimiters": {
            "kind": "marked",
            "separator": "%%%",
            "documents": 1,
            "near-misses": "allow",
        },
        **BLANKS,
        "encoding": {"final-newline": "require"},
    }
    found = [*fixes(b"One.\n%%% \nStill one.", profile(tables))]
    assert [one.code for one in found] == ["ENC203"]


def test_fixes_of_the_library_that_infer_are_asked_for() -> None:
    text = FRENCH.encode() + b"Caf\xe9.\n"
    assert [*fixes(text, profile({}))] == []
    (found,) = fixes(text, profile({}), unsafe=True)
    assert found.fix is not None
    assert apply_edits(text, found.fix.edits) == FRENCH.encode() + "Café.\n".encode()
