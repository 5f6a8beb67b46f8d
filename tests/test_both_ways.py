"""What looks clean at a glance is clean when it is looked at closely: both ways say the same.

Files are those of the rules' own examples, broken in one place or more, in several charsets. They
are checked as always, and with nothing taken for clean. What is found stands where it says.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from validator import check_paths
from validator.model import Diagnostic, Totals
from validator.profile.resolve import Profile
from validator.rules.catalog import catalog

from .spans import hold
from .support import profile, write

CASES = [
    (own.files, own.profile)
    for rule in catalog().rules.values()
    for own in rule.examples
    if own.files and not any(data.startswith(b"-> ") for data in own.files.values())
]
CRUMBS = [
    *(b"\n", b"\r\n", b"\r", b" ", b"\t", b"\n\n\n", b"  \n", b"\0", b"\xff", b"\x0b", b"\x85"),
    *("é".encode(), "\u200b".encode(), "\ufeff".encode(), "\u202e".encode(), "\u2028".encode()),
    *(
        b"---\n",
        b"# A\n",
        b'"',
        b"{",
        b"}",
        b":",
        b"a: b\n",
        b",",
        b"`",
        b"<!--",
        b"-->",
        b"[a](b)",
    ),
    *(b"\\u200b", b"|", b"-", b"1", "П".encode(), "\u0301".encode(), "ﬁ".encode()),
]
CHARSETS = ["", "", "", "windows-1252", "utf-16", "iso8859-15", "shift_jis", "koi8-r"]


@st.composite
def corpora(draw: st.DrawFn) -> tuple[dict[str, bytes], Mapping[str, Mapping[str, object]]]:
    """Files of an example, each of them perhaps broken, and their profile."""
    files, tables = draw(st.sampled_from(CASES))
    made = {name: draw(broken(data)) for name, data in files.items()}
    more = draw(st.sampled_from(sorted(files)))
    stem, dot, ending = more.rpartition(".")
    if dot:
        made[f"{stem}b.{ending}"] = draw(broken(files[more]))
    charset = draw(st.sampled_from(CHARSETS))
    if charset and "charset" not in tables.get("encoding", {}):
        tables = {**tables, "encoding": {**tables.get("encoding", {}), "charset": charset}}
        made = {name: transcoded(data, charset) for name, data in made.items()}
    return made, tables


def broken(data: bytes) -> st.SearchStrategy[bytes]:
    """The data with a few places written over, left out or put in."""
    place = st.tuples(
        st.integers(0, len(data)), st.sampled_from([0, 0, 1, 3]), st.sampled_from([b"", *CRUMBS])
    )
    return st.lists(place, max_size=2).map(lambda places: _broken(data, places))


def _broken(data: bytes, places: list[tuple[int, int, bytes]]) -> bytes:
    for at, gone, new in places:
        data = data[:at] + new + data[at + gone :]
    return data


def transcoded(data: bytes, charset: str) -> bytes:
    """The same text in a charset, where that can be written in it."""
    try:
        return data.decode().encode(charset)
    except UnicodeError:
        return data


def said(folder: Path, chosen: Profile) -> tuple[list[Diagnostic], Totals]:
    """All that is found, and the totals."""
    run = check_paths([str(folder)], chosen, today=date(2026, 1, 1))
    return list(run.diagnostics()), run.summary.totals


JSON_LINES = {"delimiters": {"kind": "json-lines"}, "metadata": {"types": "one"}}


@given(corpora())
@example(({"a.txt": b"\xff\xfe"}, {"encoding": {"charset": "utf-16"}}))
@example(({"a.jsonl": b'{"n":1}\t\n{"n":"2"}\n'}, JSON_LINES))
@example(
    (
        {"a.txt": "Un caf\u00e9\n".encode("windows-1252")},
        {
            "encoding": {"charset": "windows-1252"},
            "body": {"forbid": [{"pattern": "café", "message": "no drinks"}]},
        },
    )
)
@effort(max_examples=400, deadline=None)
def test_both_ways_say_the_same(
    corpus: tuple[dict[str, bytes], Mapping[str, Mapping[str, object]]],
) -> None:
    files, tables = corpus
    chosen = profile(tables)
    folder = Path(tempfile.mkdtemp())
    try:
        write(folder, files)
        quickly = said(folder, chosen)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("validator.check.stages.Stages._clean_ones", lambda *words: {})
            closely = said(folder, chosen)
        assert quickly == closely
        hold(quickly[0], chosen.settings, words=False)
    finally:
        shutil.rmtree(folder)
