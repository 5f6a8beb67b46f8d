r"""The syntax `json`, the quick way: a parser in C, and a count to prove that no key was dropped.

Of two equal keys a parser keeps one, without an error. So the keys of its result are counted and
compared with the keys that are written. In valid JSON, each quotation mark followed by a colon ends
a key, unless it begins a text (`": a"`) or is escaped in one (`\":`). If there are as many of them
as keys, no key was dropped; if there are more, the strings are counted exactly.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final

import msgspec
from stringzilla import count, find, find_first_of

from ...document import Span
from ...settings.options import Settings
from ...text.lazy_re import later
from .block_text import SAFE_INTEGER, Examined
from .limits import MAX_DEPTH
from .shapes import Records
from .syntax import FrontMatter, Syntax

_decoder: Final = msgspec.json.Decoder()
_decode, _decode_lines = _decoder.decode, _decoder.decode_lines

_FAILURES: Final = (msgspec.MsgspecError, ValueError, RecursionError)

_SIMPLE: Final = frozenset((str, bool, type(None)))

# Blanks between a key and its colon: such a key has no `":` to be counted. A text may hold ` :`.
_SPACED_COLONS: Final = (b'" :', b"  :", b"\t :", b"\r :", b"\n :")
_OTHER_COLONS: Final = (b"\t:", b"\r:")

_LEAST: Final = sys.float_info.min
"""The least number above 0 that a double holds with all its digits, about 2.2e-308."""

# A smaller number has an exponent of three digits; or one of two digits, or none, and many zeros.
_SMALL: Final = b"[eE]-[0-9]{3}|0{200}"

# Searches at the speed of memory for such numbers. Words of a text may have an `e-`, too.
_ZEROS: Final = b"0" * 200
_EXPONENTS: Final = tuple((e, [e + b"%d" % digit for digit in range(10)]) for e in (b"e-", b"E-"))

_STRING_OR_BRACE: Final = later(rb'"[^"\\]*(?:\\.[^"\\]*)*"|\\.|[{}]', re.DOTALL)

_BEGINS: Final = later(rb"""\{(?:\s*["'}\xe2]|[ \t]*[\r\n]|\s*[A-Za-z_$][\w$-]*\s*:(?![:}]))""")
"""How an object begins, also one without quotes; `{{`, `{%`, `{:` and `{#` begin markup."""

_STRING: Final = later(rb'"[^"\\]*+(?:\\.[^"\\]*+)*"(?:[ \t\r\n]*+(:))?', re.DOTALL)


def load(block: bytes, settings: Settings) -> dict[str, Any] | None:
    """The fields of a JSON object; None if it must be examined."""
    try:
        value = _decode(block)
    except _FAILURES:
        return None
    if type(value) is not dict or not value:
        return None
    return value if _keeps_all([value], block, settings) else None


def load_lines(text: bytes, lines: int, settings: Settings) -> Sequence[Mapping[str, Any]] | None:
    """The fields of JSON objects, one a line; None if one of them must be examined.

    `lines` is how many lines `text` has; the caller has checked that each begins with `{`.
    """
    # All lines begin with `{` and end with `}`, so no value is on two lines: a line break inside of
    # a value comes after a comma, a colon or a `[`, or before a comma or a closing bracket.
    if count(text, b"}\n") + text.endswith(b"}") != lines:
        return None
    try:
        records = Records(_decode_lines(text))
    except _FAILURES:
        return None
    if len(records) != lines or not all(records) or {*map(type, records)} != {dict}:
        return None
    return records if _keeps_all(records, text, settings) else None


def examine(data: bytes, span: Span, settings: Settings) -> Examined:
    """The tree of a JSON object with the span of every key and value, and its flaws."""
    from .json_nodes import parse

    return parse(data, span, settings)


def _keeps_all(records: Sequence[dict[str, Any]], text: bytes, settings: Settings) -> bool:
    """Whether `records` have all keys that `text` has, and no number or depth to be examined."""
    flat = records.shape if isinstance(records, Records) else None
    keys, has_small = _columns(records, flat) if flat else _keys(records, settings[MAX_DEPTH])
    if keys < 0 or (has_small and _has_small_number(text)):
        return False
    if not _has_blank_colons(text):
        written = count(text, b'":')
        if written == keys:
            return True
        if find(text, rb'\\":') < 0 and written - count(text, rb"\":") == keys:
            return True
    return bool(_STRING.findall(text).count(b":") == keys)


def _has_small_number(text: bytes) -> bool:
    """Whether `text` may have a number that is too small for a double; `0.0` is none."""
    if find(text, _ZEROS) < 0 and not any(
        find(text, sign) >= 0 and any(find(text, one) >= 0 for one in exponents)
        for sign, exponents in _EXPONENTS
    ):
        return False
    return _small_number()(text)


@cache
def _small_number() -> Callable[[bytes], bool]:
    from ...text.re2 import byte_finder

    return byte_finder(_SMALL)


def _has_blank_colons(text: bytes) -> bool:
    """Whether blanks may be between a key and its colon."""
    if find(text, b" :") >= 0 and any(find(text, needle) >= 0 for needle in _SPACED_COLONS):
        return True
    if find_first_of(text, b"\t\r") >= 0 and any(find(text, one) >= 0 for one in _OTHER_COLONS):
        return True
    return bool(find(text, b"\n:") >= 0)


def _columns(records: Sequence[dict[str, Any]], shape: Sequence[Any]) -> tuple[int, bool]:
    """`_keys` for records of one shape without lists and objects inside: column by column."""
    width = len(shape) // 2
    has_small = False
    for name, kind in zip(shape[:width], shape[width:], strict=True):
        if kind not in _SIMPLE:
            column = [*map(itemgetter(name), records)]
            if not -SAFE_INTEGER < min(column) <= max(column) < SAFE_INTEGER:
                return -1, has_small
            has_small = has_small or (kind is float and min(map(abs, column)) < _LEAST)
    return width * len(records), has_small


def _keys(maps: Sequence[Any], limit: int) -> tuple[int, bool]:
    """How many keys there are, at all depths; -1 if a number or the depth must be examined.

    Also whether a float is 0, or nearly: a number that is too small for a double is read as such.
    """
    keys = depth = 0
    has_small = False
    lists: list[Any] = []
    while maps or lists:
        depth += 1
        if depth > limit:
            return -1, has_small
        keys += sum(map(len, maps))
        values = chain(chain.from_iterable(map(dict.values, maps)), chain.from_iterable(lists))
        others = [value for value in values if type(value) not in _SIMPLE]
        maps, lists = [], []
        for value in others:
            kind = type(value)
            if kind is dict:
                maps.append(value)
            elif kind is list:
                lists.append(value)
            elif not -SAFE_INTEGER < value < SAFE_INTEGER:
                return -1, has_small
            elif -_LEAST < value < _LEAST and kind is float:
                has_small = True
    return keys, has_small


def object_end(data: bytes, start: int, stop: int) -> int:
    """The byte after the brace that closes the one at `start`; -1 if none does before `stop`."""
    depth = 0
    for match in _STRING_OR_BRACE.finditer(data, start, stop):
        depth += {b"{": 1, b"}": -1}.get(match.group(), 0)
        if not depth:
            return match.end()
    return -1


SYNTAX = Syntax(
    name="json",
    called="the JSON",
    load=load,
    examine=examine,
    example=b'{"title": "Sea"}',
    front_matter=FrontMatter(b"{", b"}", "in braces", object_end, _BEGINS),
    suffixes=("json",),
    in_code=True,
    escapes=True,
)
