"""The divider alone: what holds for every grammar and every text, and what it says of faults."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validator.delimiters.divider import Divider
from validator.delimiters.kind import Item
from validator.delimiters.kinds import KIND, KINDS
from validator.delimiters.misfits import misfits as fit
from validator.delimiters.runs import Run
from validator.delimiters.scan import Grammar
from validator.document import Document, Place
from validator.model import Flaw, SpanFlaw
from validator.settings.options import Settings
from validator.text.lines import NEWLINE, Window

from .support import linear, profile

WARC: Mapping[str, Any] = {
    "kind": "length-framed",
    "begin": {"pattern": r"WARC/1\.[01]", "form": "WARC/1.0"},
    "length-field": "Content-Length",
    "after": "\r\n\r\n",
}
GRAMMARS: Mapping[str, Mapping[str, Any]] = {
    "brackets": {"kind": "marked", "begin": "[begin]", "end": "[end]"},
    "named": {
        "kind": "marked",
        "begin": {"pattern": r"begin (?P<name>\S+)", "form": "begin NAME"},
        "end": {"pattern": r"end (?P<name>\S+)", "form": "end NAME"},
    },
    "nested": {"kind": "marked", "begin": "[begin]", "end": "[end]", "nesting": "allow"},
    "begins": {"kind": "marked", "begin": "=== one ===", "blank-before": "require"},
    "rule": {
        "kind": "marked",
        "begin": {"lines": ["={4}", "FILE: (?P<path>.+)", "={4}"], "form": "FILE: PATH"},
        "preamble": "allow",
    },
    "frame": {
        "kind": "marked",
        "opening": "<all>",
        "closing": "</all>",
        "begin": "<one>",
        "end": "</one>",
    },
    "separators": {"kind": "marked", "separator": "%%%", "trailing-separator": "forbid"},
    "tokens": {"kind": "marked", "separator": {"text": "<|end|>", "inline": True}},
    "blank lines": {"kind": "marked", "separator": "", "trailing-separator": "require"},
    "lines": {"kind": "json-lines"},
    "short lines": {"kind": "json-lines", "record-bytes": 12},
    "small": {"kind": "marked", "begin": "[begin]", "end": "[end]", "record-bytes": 24},
    "lengths": WARC,
    "front matter": {"kind": "whole", "block": "front-matter"},
    "headers": {"kind": "marked", "begin": "[begin]", "block": "headers"},
    **{f"sample of {name}": {"kind": name, **kind.keys} for name, kind in KINDS.items()},
}
CRUMBS = [
    b"[begin]\n", b"[end]\n", b"[Begin]\n", b"[end] \n", b"begin a\n", b"end a\n", b"end b\n",
    b"=== one ===\n", b"== one ==\n", b"====\n", b"FILE: a\n", b"====\nFILE: b\n====\n", b"=====\n",
    b"<all>\n", b"</all>\n", b"<one>\n", b"</one>\n", b"%%%\n", b"%%%%\n", b"%%%", b"<|end|>",
    b"<|End|>", b"<<|end|>", b"\n", b"\r\n", b"\r", b" \n", b'{"a": 1}\n', b'{"a":\n', b"1}\n",
    b"{\n",
    b'"}\n', b"}\n", b"[\n", b"]\n", b"WARC/1.0\r\n", b"Content-Length: 4\r\n", b"\r\nText\r\n\r\n",
    b"WARC/1.0\r\nContent-Length: 4\r\n\r\nText\r\n\r\n", b"---\n", b"title: a\n", b"----\n", b"a",
    b"Text.\n", b"\xef\xbb\xbf", b"[begin]\r\n", b"[end]\r\n", b"%%%\r",
    *(line for kind in KINDS.values() for line in {*kind.sample.splitlines(True), kind.sample}),
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(CRUMBS), max_size=30).map(b"".join)


def settings(keys: Mapping[str, Any]) -> Settings:
    """The settings of a profile with these keys of `[delimiters]`."""
    return profile({"delimiters": keys}).settings


def windows(data: bytes, cuts: Sequence[int] = ()) -> Iterator[Window]:
    """`data` cut as the source cuts: after a line end, never between CR and LF."""
    ends = [match.end() for match in NEWLINE.finditer(data)]
    ends = [end for end in ends if end < len(data) and data[end - 1] != 0x0D]
    edges = [0, *sorted({ends[cut % len(ends)] for cut in cuts} if ends else ()), len(data)]
    row = 1
    for start, end in itertools.pairwise(edges):
        yield Window(data[start:end], start, row, 1, start == 0, end == len(data))
        row += len(NEWLINE.findall(data[start:end]))


def divide(data: bytes, keys: Mapping[str, Any], cuts: Sequence[int] = ()) -> list[Item]:
    """Documents and flaws; runs are taken apart."""
    items: list[Item] = []
    for item in Divider(settings(keys)).divide(windows(data, cuts), Place()):
        items += item.documents() if isinstance(item, Run) else [item]
    return items


def documents(items: Sequence[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def faults(items: Sequence[Item]) -> list[Flaw]:
    return [item for item in items if isinstance(item, Flaw)]


def plain(items: Sequence[Item]) -> list[object]:
    """What must not depend on how a file is cut into windows."""
    return [
        (item.window.offset, item.window.row, item.data, item.size, item.body, item.block,
         item.index, dict(item.attributes))
        if isinstance(item, Document)
        else item
        for item in items
    ]  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_divides_its_sample(name: str) -> None:
    kind = KINDS[name]
    items = divide(kind.sample, {"kind": name, **kind.keys})
    assert not faults(items)
    assert len(documents(items)) == 1 + kind.divides, (
        f"the sample of `{name}` must hold two documents, or one if it does not divide"
    )
    assert kind.divides or documents(items)[0].data == kind.sample


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_says_what_it_is_and_what_it_lacks(name: str) -> None:
    kind = KINDS[name]
    assert kind.name == name
    assert all((kind.document, kind.needs))
    assert KIND.read(name) == name
    said = {key: words for key, words in fit(settings({"kind": name})) if key == KIND.key}
    lacking = kind.lacks(settings({"kind": name}))
    needs = f"is `{name}`, so the profile must have {lacking}"
    assert said == ({KIND.key: needs} if lacking else {})
    assert bool(lacking) == bool(kind.keys), "what a kind cannot do without, its sample has"
    assert not [*fit(settings({"kind": name, **kind.keys}))]


@pytest.mark.parametrize("name", KINDS)
def test_sidecars_are_for_files_that_are_one_document(name: str) -> None:
    keys = {"kind": name, "block": "sidecar", "sidecar": "{stem}.json"}
    said = dict(fit(settings(keys)))
    assert (f"`kind` is `{name}`" in said.get("delimiters.block", "")) == KINDS[name].divides


@pytest.mark.parametrize("grammar", GRAMMARS)
@given(data=TEXTS, cuts=st.lists(st.integers(0, 99), max_size=6))
@example(data=b"====\nFILE: a\n====\nA\n====\nFILE: b\n====\nB\n", cuts=[0, 1, 4, 5])
@example(data=b'{"a":\n1}\n{"b":\n"\n"}\n', cuts=[0, 2, 3])
def test_windows_say_the_same_as_the_whole(grammar: str, data: bytes, cuts: list[int]) -> None:
    keys = GRAMMARS[grammar]
    assert plain(divide(data, keys, cuts)) == plain(divide(data, keys))


@pytest.mark.parametrize("grammar", GRAMMARS)
@given(data=TEXTS)
def test_documents_are_in_order_and_share_no_byte(grammar: str, data: bytes) -> None:
    done, index = 0, 0
    for document in documents(divide(data, GRAMMARS[grammar])):
        assert document.window.offset >= done
        assert document.index == index + 1
        if document.data:
            start = document.window.offset
            assert document.data == data[start : start + len(document.data)]
            assert 0 <= document.body[0] <= document.body[1] <= len(document.data)
        done, index = document.window.offset + document.size, document.index
    assert done <= len(data)


HOSTILE = [
    ("lines", b"{\n" * 50_000),
    ("lines", b'{"' + b'\\"' * 200_000 + b"\n"),
    ("lines", b'{"a":\n' * 50_000),
    ("front matter", b'{"' + b'\\"' * 200_000),
    ("front matter", b"---\n" + b"--" * 200_000),
    ("front matter", b"---\n" + b"----\n" * 50_000),
    ("brackets", b"[begin]\n" * 20_000),
    ("brackets", b"[end]\n" * 20_000),
    ("brackets", b"[begin]\n" + b"[End]\n" * 20_000),
    ("separators", b"%" * 1_000_000),
    ("tokens", b"<" * 200_000),
    ("lengths", b"WARC/1.0\r\n" * 5_000),
    ("lengths", b"WARC/1.0\r\nContent-Length: 9999999\r\n\r\n" * 5_000),
    ("lengths", b"WARC/1.0\r\nContent-Length: " + b"9" * 20_000 + b"\r\n\r\n"),
]


@pytest.mark.parametrize(("grammar", "data"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_files_are_divided_in_linear_time(grammar: str, data: bytes) -> None:
    with linear():
        assert divide(data, GRAMMARS[grammar])


@pytest.mark.parametrize("grammar", GRAMMARS)
@given(data=TEXTS)
def test_flaws_stand_in_the_file(grammar: str, data: bytes) -> None:
    for flaw in faults(divide(data, GRAMMARS[grammar])):
        if isinstance(flaw, SpanFlaw):
            assert 0 <= flaw.start <= flaw.end <= len(data), flaw


@pytest.mark.parametrize("grammar", ["brackets", "named", "begins", "rule", "frame", "separators"])
@given(data=TEXTS)
def test_text_that_is_in_no_document_is_told(grammar: str, data: bytes) -> None:
    keys = {**GRAMMARS[grammar], "preamble": "forbid"}
    items = divide(data, keys)
    if faults(items):
        return
    inside = bytearray(data)
    for document in documents(items):
        start = document.window.offset
        inside[start : start + document.size] = b" " * document.size
    rest = bytes(inside).replace(b"<all>", b"").replace(b"</all>", b"")
    assert not rest.strip(b" \t\r\n\xef\xbb\xbf")


def test_how_far_a_marker_in_a_line_reaches() -> None:
    """So many bytes of a window are held back, as a marker may go on in the next."""
    keys = {"kind": "marked", "begin": "[begin]"}
    assert Grammar(settings(keys)).reach == 0
    token = {"text": "<|end|>", "inline": True}
    assert Grammar(settings({**keys, "end": token})).reach == len("<|end|>") - 1
