"""Fixes write the line ends that a file has, whatever rule they are of.

The fixed cases of all rules are given other line ends: what comes of them is what comes of the
case, with these.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from validator.check.plan import Bound, Named
from validator.encoding.utf8 import is_utf8
from validator.fix.rounds import Mended, Mender
from validator.rules.catalog import catalog
from validator.rules.index import FAMILIES
from validator.run.assemble import bind
from validator.settings.options import Settings

from .support import FIXTURES, profile
from .test_fix_laws import ELSEWHERE, MENDING, TODAY, merged
from .test_fixtures import profile_of

ENDS = {"CRLF": b"\r\n", "CR": b"\r"}
OF_LINE_ENDS = {"wrong-newline", "mixed-newlines"}
"""Rules whose fixes are about line ends themselves."""


def of_any_line_ends(bound: Bound) -> Bound:
    """The profile of a case, under which lines may end as they like."""
    values = {**bound.settings.values, "encoding.newline": "one-style"}
    return replace(bound, settings=Settings(values))


def cases() -> list[Path]:
    """The fixed cases whose line ends can be others."""
    found = []
    for rule in MENDING:
        folder = FIXTURES / FAMILIES[rule.family] / rule.name / "bad"
        for fixed in sorted(folder.glob("*.fixed")):
            case = fixed.with_suffix("")
            if not case.is_file() or rule.name in OF_LINE_ENDS:
                continue
            data = case.read_bytes()
            if b"\n" in data and b"\r" not in data and b"\0" not in data and is_utf8(data):
                found.append(case)
    return found


def mend(bound: Bound, case: str, data: bytes) -> Mended:
    mender = Mender(of_any_line_ends(bound), TODAY, unsafe=True)
    return mender.mend(Named(case, os.path.basename(os.fsencode(case))), os.fsencode(case), data)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.relative_to(FIXTURES).as_posix())
@pytest.mark.parametrize("end", ENDS)
def test_what_is_written_ends_as_the_file_does(case: Path, end: str) -> None:
    bound, data, newline = bind(profile_of(case), []), case.read_bytes(), ENDS[end]
    before = mend(bound, str(case), data)
    after = mend(bound, str(case), data.replace(b"\n", newline))
    found = after.data.replace(newline, b"\n")
    assert b"\r" not in found
    assert after.data.replace(newline, b"").count(b"\n") == 0
    if end == "CRLF":
        assert found == before.data
        assert after.counts == before.counts


def test_there_are_cases_of_nearly_all_rules() -> None:
    have = {case.parent.parent.name for case in cases()}
    lack = {rule.name for rule in MENDING} - have - OF_LINE_ENDS - ELSEWHERE
    assert lack <= WITHOUT, lack - WITHOUT


WITHOUT = {
    "invalid-utf8",
    "surrogate-utf8",
    "legacy-encoding",
    "utf16-file",
    "dangling-reference",
    "missing-record-end",
}
"""Rules whose cases are no UTF-8, are directories, or have line ends that the profile spells."""


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "fused-records",
            '{"id": "a"}¶{"id": "b"}{"id": "c"}',
            '{"id": "a"}¶{"id": "b"}¶{"id": "c"}',
        ),
        ("fused-records", '{"id": "b"} {"id": "c"}¶', '{"id": "b"} ¶{"id": "c"}¶'),
        ("final-newline", "One¶Two", "One¶Two¶"),
        ("line-separator", "One\u2028\u2028Two\u2029Three¶", "One¶¶Two¶Three¶"),
        ("unclosed-code", "# A¶¶```sh¶make¶", "# A¶¶```sh¶make¶```¶"),
        ("unclosed-metadata-block", "---¶a: b¶c: d¶Text¶", "---¶a: b¶c: d¶---¶Text¶"),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le"])
def test_where_line_ends_are_inserted(
    name: str, before: str, after: str, end: bytes, codec: str
) -> None:
    """Also in another encoding; and in a record whose own line has no end."""
    tables = {key: dict(one) for key, one in (merged([catalog().find(name)]) or {}).items()}
    if codec != "utf-8":
        tables.setdefault("encoding", {})["charset"] = [codec]
    suffix = {"fused-records": "jsonl", "unclosed-code": "md"}.get(name, "txt")
    data, wanted = (text.replace("¶", end.decode()).encode(codec) for text in (before, after))
    found = mend(bind(profile(tables), []), f"a.{suffix}", data)
    assert found.data == wanted
