"""Arguments of the library, checked and turned into the types that the other rooms use.

All functions raise ArgumentError, whose message names the `argument`, for a value they refuse.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from ..errors import ArgumentError
from ..profile.configuration import NO_CONFIGURATION, find_profile
from ..profile.resolve import Profile

Bytes: TypeAlias = bytes | bytearray | memoryview
Document: TypeAlias = Bytes | str
"""The bytes of a document, or its text, which is encoded as UTF-8."""
StrPath: TypeAlias = str | os.PathLike[str]


def document(data: object, argument: str = "data") -> bytes:
    """The bytes of a document. A text is encoded as UTF-8; a lone surrogate in it is a fault."""
    if isinstance(data, bytes):
        return data
    if isinstance(data, bytearray | memoryview):
        return bytes(data)
    if isinstance(data, str):
        return data.encode("utf-8", "surrogatepass")
    if isinstance(data, os.PathLike):
        raise ArgumentError(
            f"`{argument}` must be the document itself, not a path; `check_path` checks a file"
        )
    raise kind(argument, "bytes, bytearray, memoryview or str", data)


def name(value: object, argument: str = "name") -> str:
    """The name of a document: a path with slashes, or empty."""
    path = one_path(value, argument) if value != "" else ""
    return path.replace(os.sep, "/")


def one_path(value: object, argument: str = "path") -> str:
    """A path that the file system may have."""
    try:
        path = os.fspath(value)  # type: ignore[call-overload]
    except TypeError:
        raise kind(argument, "a str or a Path", value) from None
    text = os.fsdecode(path)
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        raise ArgumentError(f"`{argument}` {text!r} cannot be the name of a file") from None
    return text


def paths(value: object, argument: str = "paths") -> list[str]:
    """Paths: one, or several."""
    if isinstance(value, str | bytes | os.PathLike):
        return [one_path(value, argument)]
    if not isinstance(value, Iterable):
        raise kind(argument, "a path, or several in a list", value)
    found = [one_path(one, f"{argument}[{at}]") for at, one in enumerate(value)]
    if not found:
        raise ArgumentError(f"`{argument}` is empty; `.` is the working directory")
    return found


def words(value: object, argument: str) -> tuple[str, ...]:
    """Words, such as codes of rules: given in a list, or in one text with commas between."""
    if isinstance(value, str):
        return tuple(filter(None, map(str.strip, value.split(","))))
    if not isinstance(value, Iterable):
        raise kind(argument, "a list of str", value)
    found = tuple(value)
    for one in found:
        if not isinstance(one, str):
            raise kind(argument, "a list of str", one)
    return found


def chosen_words(value: object, argument: str) -> tuple[str, ...] | None:
    """See `words`; None stays None: nothing is chosen."""
    return None if value is None else words(value, argument)


def profile(value: object, argument: str = "profile") -> Profile:
    """A profile, or the built-in one of this name. Raises UsageError where there is none."""
    if isinstance(value, Profile):
        return value
    if isinstance(value, str):
        return find_profile(value, NO_CONFIGURATION)
    raise kind(argument, "a Profile, or the name of a built-in one", value)


def number(value: object, argument: str) -> int:
    """A whole number that is not negative."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise kind(argument, "an int", value)
    if value < 0:
        raise ArgumentError(f"`{argument}` must be 0 or more, not {value}")
    return value


def seconds(value: object, argument: str) -> float | None:
    """A time in seconds, or None for no limit."""
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise kind(argument, "a number of seconds", value)
    if not value > 0:
        raise ArgumentError(f"`{argument}` must be more than 0 seconds, not {value}")
    return float(value)


def day(value: object, argument: str = "today") -> date | None:
    """A day, or None for the current day."""
    if value is not None and not isinstance(value, date):
        raise kind(argument, "a date", value)
    return value


def kind(argument: str, wanted: str, value: object) -> ArgumentError:
    """The error for an argument that is of another kind than is `wanted`."""
    return ArgumentError(f"`{argument}` must be {wanted}, not {type(value).__name__}")
