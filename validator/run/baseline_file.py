"""The file of a baseline: a line for each known finding, sorted, so that git can merge two files.

`docs/adopting.md` shows one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from ..errors import ConfigError, UsageError
from ..file.opening import read_text
from ..text.lazy_re import later
from ..text.visible import visible

FIRST: Final = "# seed-validator baseline 1"
WHOLE: Final = "file"
"""The word that marks a finding about a file as a whole."""

DIGITS: Final = 16
"""Hexadecimal digits of a fingerprint that are kept."""

LARGEST: Final = 1 << 28  # bytes: some million findings

_LINE: Final = later(rf"([^\t]+)\t([A-Z]{{3}}[0-9]{{3}})\t([0-9a-f]{{{DIGITS}}})(\t{WHOLE})?")
_ODD: Final = later(r"[\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|^#")
_ESCAPE: Final = later(rb"\\x([0-9a-f]{2})")
_MERGE: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class Entry(Struct, frozen=True, order=True):
    """A known finding. `path` counts from the directory of the baseline, with `/`."""

    path: str
    code: str
    digest: str
    whole: bool = False


def read_entries(path: str) -> list[Entry]:
    """The entries of a baseline file.

    Raises UsageError if it cannot be read, ConfigError if it is no baseline or is damaged.
    """
    try:
        text = read_text(path, LARGEST)
    except FileNotFoundError:
        raise UsageError(
            f"the baseline `{path}` is not there; `seed-validator baseline create` writes one"
        ) from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: byte {error.start} is not UTF-8") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"the baseline `{path}` cannot be read: {why}") from None
    first, *lines = text.replace("\r\n", "\n").split("\n")
    if first != FIRST:
        raise ConfigError(f"{path}:1: {_foreign(first)}")
    fullmatch = _LINE.fullmatch
    entries = []
    for row, line in enumerate(lines, 2):
        match = fullmatch(line)
        if match is not None:
            place, code, digest, whole = match.groups()
            entries.append(Entry(_bare(place), code, digest, whole is not None))
        elif line and line != FIRST:  # git may have kept the first line of both sides
            raise ConfigError(f"{path}:{row}: {_damage(line)}")
    return entries


def _foreign(first: str) -> str:
    if first.startswith(_MERGE):
        return _damage(first)
    if first.startswith(FIRST[:-1]):
        return f"this baseline is of another version: its first line is not `{FIRST}`"
    return f"this is not a baseline: its first line is not `{FIRST}`"


def _damage(line: str) -> str:
    if line.startswith(_MERGE):
        return (
            f"a merge was not resolved (`{line[:7]}`): keep the lines of both sides, then run "
            "`seed-validator baseline prune`"
        )
    shown = visible(line if len(line) <= 60 else f"{line[:60]}…")
    return (
        f"`{shown}` is no line of a baseline (path, rule and fingerprint between tabs); "
        "`seed-validator baseline update` writes it anew, once that line is gone"
    )


def written(entries: Iterable[Entry]) -> Iterator[str]:
    """The text of a baseline, line by line."""
    yield f"{FIRST}\n"
    for line in sorted(map(_line, entries)):
        yield f"{line}\n"


def _line(entry: Entry) -> str:
    mark = f"\t{WHOLE}" if entry.whole else ""
    return f"{_escaped(entry.path)}\t{entry.code}\t{entry.digest}{mark}"


def _escaped(path: str) -> str:
    """A path as it stands in a line: controls and bytes that are not UTF-8 are escaped."""
    return _ODD.sub(_bytes, path)


def _bytes(match: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in match[0].encode("utf-8", "surrogateescape"))


def _bare(place: str) -> str:
    if "\\" not in place:
        return place
    return os.fsdecode(_ESCAPE.sub(lambda hit: bytes.fromhex(hit[1].decode()), place.encode()))
