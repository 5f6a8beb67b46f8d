"""The words for errors in JSON: what is wrong, and what to write instead."""

from __future__ import annotations

import re
from typing import Final

from ...text.lazy_re import later
from ...text.visible import character_name, visible_bytes

Words = tuple[str, str]
"""The reason (a clause) and the advice."""

MARK: Final[Words] = (
    "a byte order mark (U+FEFF) stands before it",
    "remove the byte order mark: it was the start of a file once, and JSON has none",
)
NO_COLON: Final[Words] = ("no colon follows this key", 'write `"key": value`')
FIELDS: Final = 'write an object, `{"name": value}`'
COMMENT: Final[Words] = (
    "there is a comment, and JSON has none",
    "remove the comment, or make it a field of its own",
)
CURLY: Final = (b"\xe2\x80\x9c", b"\xe2\x80\x9d", b"\xe2\x80\x9e", b"\xe2\x80\x98", b"\xe2\x80\x99")

_QUOTES: Final = 'write plain double quotes, `"`, around texts and keys'
_PYTHON: Final = {b"True": "true", b"False": "false", b"None": "null", b"undefined": "null"}
_CUT: Final = later(rb"-?(?:[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?)?)?")


def trailing_comma(what: str) -> Words:
    """The words for a comma before the closing bracket; `what` is `list` or `object`."""
    return f"a comma stands before the end of the {what}", "remove the comma"


def closes_nothing(bracket: bytes) -> Words:
    """The words for a closing bracket that closes nothing."""
    return (
        f"the `{bracket.decode()}` closes nothing",
        "remove it, or write what it should close",
    )


def comment(found: bytes) -> bool:
    """Whether `found` begins with a comment sign of another language."""
    return found.startswith((b"//", b"/*", b"#"))


def width(data: bytes, at: int) -> int:
    """How many bytes the character at `at` has, by its first byte."""
    first = data[at]
    return 1 if first < 0xC0 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4


def no_comma(found: bytes, what: str) -> Words:
    """The words for `found` where a comma or the end of the list or object (`what`) should be."""
    if comment(found):
        return COMMENT
    if found[:1] in (b"}", b"]"):
        close = "}" if what == "object" else "]"
        return (
            f"the {what} that is open here ends with `{close}`, not with `{found[:1].decode()}`",
            f"write `{close}`, or remove the bracket that is too many",
        )
    if found[:1] == b":":
        return "a colon stands where a comma should be", "put the key before the colon in quotes"
    return (
        f"a comma is missing before {shown(found)}",
        'write a comma; if a quotation mark belongs to the text before, write `\\"`',
    )


def bare_key(key: bytes) -> Words:
    """The words for a key without quotes."""
    text = visible_bytes(key[:40])
    return f"the key `{text}` is not in quotes", f'write `"{text}"`'


def no_key(found: bytes) -> Words:
    """The words for `found` where a key should be."""
    return _foreign(found) or (
        f"{shown(found)} stands where a key should be",
        'write `"key": value`',
    )


def no_value(found: bytes) -> Words:
    """The words for `found` where a value should be."""
    if found[:1] in (b",", b"}", b"]", b":"):
        return (
            f"there is no value before {shown(found)}",
            'write a value: `null`, or `""` for an empty text',
        )
    return _foreign(found) or (
        f"{shown(found)} begins no value",
        "a value is a text in double quotes, a number, `true`, `false`, `null`, `[...]` or `{...}`",
    )


def bad_word(word: bytes) -> Words:
    """The words for a word that is no number, truth value or null."""
    if word in _PYTHON:
        right = _PYTHON[word]
        return f"`{word.decode()}` is not JSON", f"write `{right}`"
    text = visible_bytes(word[:40])
    lower = word.lower()
    if lower in (b"true", b"false", b"null"):
        return f"`{text}` is not JSON", f"write `{lower.decode()}`"
    if word[:1] in b"+-.0123456789" and re.fullmatch(rb"[-+.0-9eE]+", word):
        return (
            f"`{text}` is not a number as JSON writes it",
            (
                "write no plus sign or leading zeros, and digits on both sides of the point; "
                "if it is an id, put it in quotes"
            ),
        )
    if re.fullmatch(rb"[-+]?0[xXoObB][0-9a-fA-F]+", word):
        return f"`{text}` is not a number as JSON writes it", "write it in decimal or in quotes"
    return _foreign(word) or (f"the text `{text}` is not in quotes", f'write `"{text}"`')


def may_be_cut(word: bytes) -> bool:
    """Whether a word at the end of the block may be the first part of a value."""
    return any(whole.startswith(word) for whole in (b"true", b"false", b"null")) or bool(
        _CUT.fullmatch(word)
    )


def control(byte: int) -> Words:
    """The words for a raw control character in a text."""
    if byte in (0x0A, 0x0D):
        return (
            "a line ends inside of a text",
            "close the quotation mark before the line ends, or write the line end as `\\n`",
        )
    escape = "\\t" if byte == 0x09 else f"\\u{byte:04x}"
    return f"a text holds a raw {character_name(byte)}", f"write it as `{escape}`"


def bad_escape(found: bytes) -> Words:
    r"""The words for a backslash that begins no escape."""
    if found[1:2] == b"u":
        return (
            f"`{visible_bytes(found)}` is no escape: four hexadecimal digits must follow `\\u`",
            "write all four digits, `\\u00e9`, or the character itself",
        )
    return (
        f"`{visible_bytes(found)}` is no escape",
        (
            "write a backslash that is meant as one twice, `\\\\`; JSON knows "
            '`\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\u` with four digits'
        ),
    )


def _foreign(found: bytes) -> Words | None:
    """The words for signs of other languages (quotes, comments); None for others."""
    if found[:1] in (b"'", b"`"):
        return f"there are quotation marks {shown(found)} instead of double ones", _QUOTES
    if found.startswith(CURLY):
        return f"there are typographic quotation marks {shown(found)}", _QUOTES
    return COMMENT if comment(found) else None


def shown(found: bytes) -> str:
    """The first character of `found`, as messages show it."""
    character = found[: width(found, 0)]
    return f"`{visible_bytes(character)}`" if character != b"`" else "`` ` ``"
