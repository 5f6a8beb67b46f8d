"""Where CoNLL-U holds what its readers dispute; one pass tells that a document has none of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from ...document import Document, Span
from ...memo import memo
from ...text.lazy_re import later
from ...text.re2 import Pattern, first_group_span
from .document_search import Search

_FEATURES: Final = r"(?:_|[^=|\t\n]+=[^=|\t\n]+(?:\|[^=|\t\n]+=[^=|\t\n]+)*)"
_NAME: Final = r"(?:[^=|_\t\n][^=|\t\n]*|_[^=|\t\n]+)"
_ATTRIBUTE: Final = rf"{_NAME}(?:=[^=|\t\n]*)?"
_LAST: Final = (
    rf"(?:{_NAME}=(?:[^=|\t\n]*[^=|\s\pZ])?|[^=|_\s\pZ]|[^=|\t\n]+[^=|\s\pZ])"  # no blank ends it
)
_NUMBER: Final = r"(?:0|[1-9][0-9]*)"
_RELATION: Final = rf"{_NUMBER}(?:\.[1-9][0-9]*)?:[^:|\t\n]+(?::[^:|\t\n]*){{0,3}}"
_CLEAN: Final = (
    r"(?:(?:#[^\n]*|[ \t]*|"
    rf"{_NUMBER}(?:[-.][1-9][0-9]*)?(?:\t[^\t\n]*){{4}}\t{_FEATURES}\t(?:_|{_NUMBER})\t[^\t\n]*"
    rf"\t(?:_|{_RELATION}(?:\|{_RELATION})*)\t(?:_|(?:{_ATTRIBUTE}\|)*{_LAST})"
    r")\n)*"
)
_TOKEN: Final = later(rb"(?m)^[0-9][^\n]*")
_COLUMNS: Final = later(rb"(?m)^#[ \t]*global\.columns[ \t]*=([^\n]*)")
_TEN: Final = b"ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC"
_ID: Final = later(rb"(?:0|[1-9][0-9]*)(?:\.[1-9][0-9]*)?")
_RANGE: Final = later(rb"([1-9][0-9]*)-([1-9][0-9]*)")
_HEAD: Final = later(rb"_|0|-?[1-9][0-9]*")
_DEPS: Final = later(rb"(?:0|[1-9][0-9]*)(?:\.[1-9][0-9]*)?:[^:|]+(?::[^|]*)?")


@cache
def _clean() -> Pattern:
    return Pattern(_CLEAN)


@memo
def _is_odd(document: Document) -> bool:
    """Whether a document may hold any of it."""
    return _clean().spans(document.data) is None


def _tokens(document: Document) -> Iterator[tuple[int, list[bytes]]]:
    """The lines of tokens, where each begins and its ten cells."""
    for match in _TOKEN.finditer(document.data):
        cells = match[0].split(b"\t")
        if len(cells) == len(_TEN.split()):
            yield match.start(), cells


def _in_column(
    column: int, is_odd: Callable[[bytes], bool]
) -> Callable[[Document], Iterator[Span]]:
    """The cells of a column, from 0, of which something is true."""

    def find(document: Document) -> Iterator[Span]:
        for start, cells in _tokens(document):
            if is_odd(cells[column]):
                at = start + sum(map(len, cells[:column])) + column
                yield at, at + len(cells[column])

    return find


def _in_columns(
    columns: tuple[int, ...], is_odd: Callable[[bytes], bool]
) -> Callable[[Document], Iterator[Span]]:
    finds = [_in_column(column, is_odd) for column in columns]
    return lambda document: (span for find in finds for span in find(document))


def _unlike(pattern: re.Pattern[bytes]) -> Callable[[bytes], bool]:
    return lambda cell: not pattern.fullmatch(cell)


def _odd_id(cell: bytes) -> bool:
    span = _RANGE.fullmatch(cell)
    if span:
        # of numbers without leading zeros; `int` refuses those of 4,301 digits and more
        return (len(span[1]), span[1]) > (len(span[2]), span[2])
    return not _ID.fullmatch(cell)


def _may_go_down(document: Document) -> bool:
    """Whether an ID is odd, or there is a range: which of its numbers is less, no pass tells."""
    return (b"-" in document.data and _ranges()(document.data) is not None) or _is_odd(document)


def _valueless(cell: bytes) -> bool:
    parts = (one.partition(b"=") for one in cell.split(b"|"))
    return cell != b"_" and any(not value for _, _, value in parts)


def _nameless(cell: bytes) -> bool:
    names = (one.partition(b"=")[0] for one in cell.split(b"|"))
    return cell != b"_" and any(name in (b"", b"_") for name in names)


def _second_sign(document: Document) -> Iterator[Span]:
    """The attributes with more than one `=`."""
    for start, cells in _tokens(document):
        for column in (FEATS, MISC):
            at = start + sum(map(len, cells[:column])) + column
            for part in cells[column].split(b"|"):
                if part.count(b"=") > 1:
                    yield at, at + len(part)
                at += len(part) + 1


def _no_list(cell: bytes) -> bool:
    return cell != b"_" and not all(map(_DEPS.fullmatch, cell.split(b"|")))


def _twice(cell: bytes) -> bool:
    heads = [one.partition(b":")[0] for one in cell.split(b"|")]
    return len({*heads}) < len(heads)


def _many_parts(cell: bytes) -> bool:
    return any(one.count(b":") > 4 for one in cell.split(b"|"))


def _padded(cell: bytes) -> bool:
    text = cell.removesuffix(b"\r").decode("utf-8", "replace")
    return text != text.rstrip()


def _columns(document: Document) -> Iterator[Span]:
    for match in _COLUMNS.finditer(document.data):
        if match[1].split() != _TEN.split():
            yield match.start(), match.start() + len(match[0].rstrip(b" \t"))


def _may_repeat(document: Document) -> bool:
    """Whether there is a list of heads at all: one pass, and a file of basic trees has none."""
    return _lists()(document.data) is not None


@cache
def _lists() -> Callable[[bytes], object]:
    return first_group_span(r"\t[0-9.]+:[^|\t\n]*\|[0-9.]+:")


@cache
def _ranges() -> Callable[[bytes], object]:
    return first_group_span(r"(?m)^[0-9]+-[0-9]+\t")


FEATS, HEAD, DEPS, MISC = 5, 6, 8, 9

SEARCHES: Final[Mapping[str, Search]] = {
    "head-not-a-number": Search(
        "body", _is_odd, _in_column(HEAD, _unlike(_HEAD)), "body.references"
    ),
    "odd-token-id": Search("body", _may_go_down, _in_column(0, _odd_id), "body.numbering"),
    "feature-without-value": Search("body", _is_odd, _in_column(FEATS, _valueless)),
    "second-equals-sign": Search("body", _is_odd, _second_sign),
    "nameless-attribute": Search("body", _is_odd, _in_columns((FEATS, MISC), _nameless)),
    "deps-not-a-list": Search("body", _is_odd, _in_column(DEPS, _no_list)),
    "head-twice-in-deps": Search("body", _may_repeat, _in_column(DEPS, _twice)),
    "relation-of-many-parts": Search("body", _is_odd, _in_column(DEPS, _many_parts)),
    "columns-by-name": Search("body", lambda one: b"global.columns" in one.data, _columns),
    "blank-at-line-end": Search("body", _is_odd, _in_column(MISC, _padded)),
}
"""The searches by question."""
