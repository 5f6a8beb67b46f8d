"""The names of encodings: Python's for decoding, the registered ones for messages."""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import Annotated, Final

from msgspec import Meta

from ..errors import did_you_mean
from ..settings.annotations import OR_ONE
from ..settings.options import Option, Settings, Word

_REGISTERED: Final = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a byte order mark", "ascii": "US-ASCII",
    "mac-roman": "macintosh", "mac-cyrillic": "x-mac-cyrillic", "mac-greek": "MacGreek",
    "mac-latin2": "MacCentralEurope", "mac-turkish": "MacTurkish", "mac-iceland": "MacIceland",
    "mac-croatian": "MacCroatian", "mac-romanian": "MacRomania", "mac-arabic": "MacArabic",
    "mac-farsi": "MacFarsi", "cp720": "cp720", "cp737": "cp737", "cp874": "windows-874",
    "cp1125": "cp1125", "cp932": "cp932 (Shift_JIS of Windows)",
    "cp949": "cp949 (UHC, the EUC-KR of Windows)", "cp950": "cp950 (Big5 of Windows)",
    "shift_jis": "Shift_JIS", "shift_jis_2004": "Shift_JIS-2004", "euc_jp": "EUC-JP",
    "euc_jis_2004": "EUC-JIS-2004", "euc_kr": "EUC-KR", "johab": "Johab (cp1361)", "big5": "Big5",
    "big5hkscs": "Big5-HKSCS", "tis-620": "TIS-620", "kz1048": "KZ-1048", "ptcp154": "PTCP154",
}  # fmt: skip
"""By Python's name: the name that IANA registered, or that of `iconv` where IANA has none."""

_SHAPES: Final = (
    (r"cp(125\d)", r"windows-\1"),
    (r"cp(\d+)", r"IBM\1"),
    (r"iso8859-(\d+)", r"ISO-8859-\1"),
    (r"(koi8|utf|gb)(-?[a-z0-9]+)(?:-([lb]e))?", None),
)


_UNUSABLE: Final = frozenset(
    "utf-7 hz punycode idna unicode-escape raw-unicode-escape undefined mbcs oem".split()
)
"""Codecs in which the meaning of a byte depends on all bytes before it, and those in which files
are not written."""


def text_codec(name: str) -> str:
    """Python's name for the encoding of text called `name`; empty if Python does not know it."""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return found.name if found._is_text_encoding else ""


@cache
def label(codec: str) -> str:
    """What people call the encoding that Python calls `codec`: `windows-1252` for `cp1252`."""
    if codec in _REGISTERED:
        return _REGISTERED[codec]
    for shape, form in _SHAPES:
        if re.fullmatch(shape, codec):
            return re.sub(shape, form, codec) if form else codec.upper()
    return codec


def labels(codecs: tuple[str, ...], shown: int = 3) -> str:
    """The labels of the first codecs, and how many more there are: `windows-1252 and 2 more`.

    At most `shown` labels are given.
    """
    told = ", ".join(label(codec) for codec in codecs[:shown])
    more = len(codecs) - shown
    return f"{told} and {more} more" if more > 0 else told


_NAMED: Final = Meta(title="the name of an encoding|names of encodings")


def _once(codecs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codecs))


def _codec(name: str) -> str:
    """Python's name for the encoding called `name`.

    Raises ValueError if Python does not know it, or if files cannot be checked in it.
    """
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        from encodings.aliases import aliases

        known = {*aliases.values(), *_REGISTERED, *map(label, aliases.values())}
        near = did_you_mean(name, (one.replace("_", "-") for one in known), numbers=True)
        raise ValueError(f'names no encoding that is known: "{name}"{near}') from None
    if not codec._is_text_encoding or codec.name in _UNUSABLE or codec.name.startswith("iso2022"):
        raise ValueError(f'cannot be "{name}": that is no encoding that files can be checked in')
    return codec.name


CHARSET: Final[Option[tuple[str, ...]]] = Option(
    "encoding.charset",
    "the encoding that files are in, or several of which the first counts that all of a file "
    "decodes under: `utf-8`, `windows-1252`, `utf-16`, `shift_jis` and what else Python knows",
    ("utf-8",),
    Annotated[tuple[Annotated[Word, _NAMED, _codec], ...], OR_ONE, Meta(min_length=1), _once],
)


REPAIR_FROM: Final[Option[tuple[str, ...]]] = Option(
    "encoding.repair-from",
    "the encodings that files, or single bytes in them, were left in by mistake: `check --fix` "
    "writes them in UTF-8, from the first of these that has them",
    (),
    Annotated[tuple[Annotated[Word, _NAMED, _codec], ...], OR_ONE, _once],
)


def other_charsets(settings: Settings) -> tuple[str, ...]:
    """The encodings that the profile declares; empty if it declares UTF-8 alone."""
    charsets = settings[CHARSET]
    return () if charsets == CHARSET.default else charsets
