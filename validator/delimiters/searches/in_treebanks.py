"""Places of CoNLL-U that its readers read differently; one pass finds documents without any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
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
_NUMBERED: Final = later(rb"(?:0|[1-9][0-9]*)(?:\.[1-9][0-9]*)?")
_RANGE: Final = later(rb"([1-9][0-9]*)-([1-9][0-9]*)")
_HEAD: Final = later(rb"_|0|-?[1-9][0-9]*")
_DEPS: Final = later(rb"(?:0|[1-9][0-9]*)(?:\.[1-9][0-9]*)?:[^:|]+(?::[^|]*)?")


@cache
def _clean() -> Pattern:
    return Pattern(_CLEAN)


@memo
def _is_odd(document: Document) -> bool:
    """Whether a document may have a disputed place: it is not all as `_CLEAN` says."""
    return _clean().spans(document.data) is None


def _cells(document: Document, columns: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """The cells of these columns (from 0) in all lines with ten cells, after the offset of each."""
    for match in _TOKEN.finditer(document.data):
        cells = match[0].split(b"\t")
        for column in columns if len(cells) == len(_TEN.split()) else ():
            yield match.start() + sum(map(len, cells[:column])) + column, cells[column]


def _in_columns(
    is_odd: Callable[[bytes], bool], *columns: int
) -> Callable[[Document], Iterator[Span]]:
    """A function that finds the spans of the cells of these columns for which `is_odd` is true."""

    def find(document: Document) -> Iterator[Span]:
        return ((at, at + len(cell)) for at, cell in _cells(document, columns) if is_odd(cell))

    return find


def _unlike(pattern: re.Pattern[bytes]) -> Callable[[bytes], bool]:
    return lambda cell: not pattern.fullmatch(cell)


def _odd_id(cell: bytes) -> bool:
    span = _RANGE.fullmatch(cell)
    if span:
        # compares numbers without leading zeros; `int` refuses those of 4,301 digits and more
        return (len(span[1]), span[1]) > (len(span[2]), span[2])
    return not _NUMBERED.fullmatch(cell)


def _may_go_down(document: Document) -> bool:
    """Whether an ID may be odd, or is a range, whose two numbers no pattern can compare."""
    return (b"-" in document.data and _ranges()(document.data) is not None) or _is_odd(document)


def _valueless(cell: bytes) -> bool:
    parts = (one.partition(b"=") for one in cell.split(b"|"))
    return cell != b"_" and any(not value for _, _, value in parts)


def _nameless(cell: bytes) -> bool:
    names = (one.partition(b"=")[0] for one in cell.split(b"|"))
    return cell != b"_" and any(name in (b"", b"_") for name in names)


def _second_sign(document: Document) -> Iterator[Span]:
    """The attributes with more than one `=`."""
    for start, cell in _cells(document, (FEATS, MISC)):
        at = start
        for part in cell.split(b"|"):
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
    """Whether the document has a list of heads at all; a file of basic trees has none."""
    return _lists()(document.data) is not None


@cache
def _lists() -> Callable[[bytes], object]:
    return first_group_span(r"\t[0-9.]+:[^|\t\n]*\|[0-9.]+:")


@cache
def _ranges() -> Callable[[bytes], object]:
    return first_group_span(r"(?m)^[0-9]+-[0-9]+\t")


ID, FEATS, HEAD, DEPS, MISC = 0, 5, 6, 8, 9

SEARCHES: Final[Mapping[str, Search]] = {
    "head-not-a-number": Search(
        "body", _is_odd, _in_columns(_unlike(_HEAD), HEAD), "body.references"
    ),
    "odd-token-id": Search("body", _may_go_down, _in_columns(_odd_id, ID), "body.numbering"),
    "feature-without-value": Search("body", _is_odd, _in_columns(_valueless, FEATS)),
    "second-equals-sign": Search("body", _is_odd, _second_sign),
    "nameless-attribute": Search("body", _is_odd, _in_columns(_nameless, FEATS, MISC)),
    "deps-not-a-list": Search("body", _is_odd, _in_columns(_no_list, DEPS)),
    "head-twice-in-deps": Search("body", _may_repeat, _in_columns(_twice, DEPS)),
    "relation-of-many-parts": Search("body", _is_odd, _in_columns(_many_parts, DEPS)),
    "columns-by-name": Search("body", lambda one: b"global.columns" in one.data, _columns),
    "blank-at-line-end": Search("body", _is_odd, _in_columns(_padded, MISC)),
}
"""The searches by question."""
