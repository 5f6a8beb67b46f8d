"""Plain command lines: `check` with paths and the options that most people give.

The result is the same as that of click, or none (a test compares it with click's definitions):
words that are not known here, abbreviations, and values that may be wrong are not plain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .check_request import Request

FLAGS: Final[Mapping[str, str]] = {
    "-q": "quiet",
    "--quiet": "quiet",
    "-s": "silent",
    "--silent": "silent",
    "--isolated": "isolated",
    "--exit-zero": "exit_zero",
    "--no-progress": "no_progress",
}
"""Options without a value, and the field of a request that each sets."""

TEXTS: Final[Mapping[str, str]] = {"--profile": "profile", "--config": "config"}
"""Options that take any text."""

NUMBERS: Final[Mapping[str, str]] = {"-j": "jobs", "--jobs": "jobs"}
"""Options that take a number; it is plain if it has only decimal digits."""

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "--fail-on": ("error", "warning", "info", "never"),
    "--color": ("auto", "always", "never"),
}
"""Options that take one of a few words, which are fields of a request."""

FORMAT: Final = "--output-format"

VARIABLE: Final = "SEED_VALIDATOR_OUTPUT_FORMAT"


def plain_request(arguments: Sequence[str], environ: Mapping[str, str]) -> Request | None:
    """The request of a plain command line; None if it is not plain."""
    if arguments[:1] != ["check"] or VARIABLE in environ:
        return None
    given = _given(arguments[1:])
    if given is None:
        return None
    from .check_request import request_of

    paths = given.pop("paths")
    return request_of(tuple(paths) or (".",), **given)


def _given(words: Sequence[str]) -> dict[str, Any] | None:
    """The fields of a request that the words set, and `paths`; None if a word is not plain."""
    given: dict[str, Any] = {}
    paths: list[str] = []
    left = iter(words)
    for word in left:
        name, is_joined, value = word.partition("=")
        if not word.startswith("-") or word == "-":
            paths.append(word)
        elif word in FLAGS:
            given[FLAGS[word]] = True
        elif name.startswith("--") or not is_joined:
            value = value if is_joined else next(left, "")
            if value.startswith("-") or not _put(given, name, value):
                return None
        else:
            return None
    return {**given, "paths": paths}


def _formats() -> Sequence[str]:
    from ..render import formats

    return formats()


def _put(given: dict[str, Any], name: str, value: str) -> bool:
    """Set the field of an option with a value; False if the option or value is not plain."""
    if name in TEXTS and value:
        given[TEXTS[name]] = value
    elif name in NUMBERS and value.isascii() and value.isdecimal() and len(value) < 5:
        given[NUMBERS[name]] = int(value)
    elif value in (_formats() if name == FORMAT else WORDS.get(name, ())):
        given[name[2:].replace("-", "_")] = value
    else:
        return False
    return True
