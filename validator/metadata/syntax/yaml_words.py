"""Our words for the errors of libyaml.

libyaml names the token that it did not expect; our words say what is written, and what to write
instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ...text.visible import shortened, visible

Words = tuple[str, str]
"""The reason (a clause) and the advice."""

MARK: Final[Words] = (
    "a byte order mark (U+FEFF) stands before it",
    "remove the byte order mark: it was the start of a file once",
)
BAD_MERGE: Final[Words] = (
    "`<<` merges mappings, and this is none",
    "let `<<` refer to a mapping, or write the fields out",
)
GENERAL: Final[Words] = (
    "this line is not YAML",
    (
        "write `key: value` with a blank after the colon, indent with blanks, and put a value "
        "with special characters in quotes"
    ),
)
FIELDS: Final = {
    "a text": "write `name: value`, with a blank after the colon",
    "a list": "write `name: value` in each line, without `- `; a list needs a name",
    "a number": "write a name before it: `name: value`",
    "a truth value": "write a name before it: `name: value`",
}
"""By type of the value where fields should be: what to write instead."""

_SHOWN: Final = 40


class Place:
    """The place where libyaml stopped: `index` is its code point; `line` is its line.

    `before` and `rest` are the line's text before and from the place on; `previous` is the last
    line before it that is not blank. `context` is the code point where the open construct begins.
    """

    def __init__(self, text: str, index: int, context: int | None) -> None:
        self.text, self.index, self.context = text, min(index, len(text)), context
        before = re.split(r"[\r\n]", text[max(0, self.index - 2000) : self.index])
        self.before = before[-1]
        self.previous = next((line for line in reversed(before[:-1]) if line.strip()), "")
        self.rest = re.split(r"[\r\n]", text[self.index : self.index + 2000])[0]
        self.line = self.before + self.rest

    @property
    def found(self) -> str:
        """The character at which libyaml stopped."""
        return self.text[self.index : self.index + 1]

    @property
    def opener(self) -> str:
        """The first character of the construct that libyaml was in; empty if it is unknown."""
        return "" if self.context is None else self.text[self.context : self.context + 1]


def bad_alias(name: str, is_open: bool) -> Words:
    """The words for an alias without anchor, or (`is_open`) to a value that it is inside of."""
    shown = visible(name[:_SHOWN])
    if is_open:
        return f"`*{shown}` stands inside of what it refers to", "write the value out"
    return (
        f"`*{shown}` refers to an anchor, and there is no `&{shown}` before it",
        f'if it is text, put it in quotes: `"*{shown}"`',
    )


def words_for(problem: str, context: str, place: Place) -> tuple[str, str, bool]:
    """Reason, advice, and whether to show the beginning of the construct, not the place itself.

    `problem` and `context` are the words of libyaml.
    """
    for part, said in _PROBLEMS:
        if part in problem or part in context:
            words = said(place) if callable(said) else said
            return (*words, said in _SHOWN_WHERE_BEGUN)
    return (*GENERAL, False)


def _quoted(value: str) -> str:
    """A value as it should be written, in quotes."""
    value = value.strip()
    cut = shortened(value, _SHOWN)
    return f"'{cut}'" if '"' in cut or "\\" in cut else f'"{cut}"'


def _key_and_value(line: str) -> tuple[str, str] | None:
    match = re.match(r"[ \t]*(?:- +)?([^\s:#][^:]*?):[ \t]+(.*)", line)
    return (match[1], match[2]) if match else None


def _colon(place: Place) -> Words:
    """The words for a colon where no key can be."""
    pair = _key_and_value(place.before)
    if pair is not None:
        whole = _key_and_value(place.line)
        key, value = whole or pair
        return (
            "an unquoted value holds a colon and a blank, which begin another value",
            f"put the value in quotes: `{visible(key[:_SHOWN])}: {_quoted(value)}`",
        )
    previous = place.previous.strip()
    if previous.endswith(":") or _key_and_value(previous) is not None:
        return (
            "the line is indented deeper than the one before, which has a value already",
            "indent it like the other keys of its mapping",
        )
    return (
        f"the line before, `{visible(previous[:_SHOWN])}`, is no `key: value`",
        "write a blank after its colon, or put it in quotes if it belongs to a value",
    )


def _cannot_start(place: Place) -> Words:
    found = "`` ` ``" if place.found == "`" else f"`{visible(place.found)}`"
    pair = _key_and_value(place.line)
    example = (
        f": `{visible(pair[0][:_SHOWN])}: {_quoted(pair[1])}`"
        if pair is not None and pair[1].strip().startswith(place.found)
        else ""
    )
    return f"an unquoted value cannot begin with {found}", f"put the value in quotes{example}"


def _property(place: Place) -> Words:
    sign = place.opener or place.found
    what = {"*": "an alias", "&": "an anchor"}.get(sign, "a tag")
    return (
        f"`{visible(sign)}` begins {what} of YAML here, and what follows is no name of one",
        "if it is text, put the whole value in quotes",
    )


def _unclosed_quote(place: Place) -> Words:
    mark = place.opener or '"'
    inside = '\\"' if mark == '"' else "''"
    return (
        f"the quotation mark `{mark}` that opens here is not closed",
        f"close it; to have one inside of the text write `{inside}`",
    )


def _unclosed_flow(place: Place) -> Words:
    is_list = place.opener == "["
    what, close = ("list", "]") if is_list else ("mapping", "}")
    return (
        f"the {what} that opens here is not closed, or a comma is missing in it",
        f"write `{close}` at its end and commas between; if it is text, put it in quotes",
    )


def _escape(place: Place) -> Words:
    shown = visible(place.text[place.index : place.index + 2])
    if not shown.startswith("\\"):
        shown = "\\" + shown[:1]
    return (
        f"`{shown}` is no escape in a text in double quotes",
        "write the backslash twice, or put the text in single quotes, where it is itself",
    )


def _no_key(place: Place) -> Words:
    found = place.found
    if found in ("]", "}"):
        return f"the `{found}` closes nothing", "remove it, or put the value in quotes"
    if found in ("'", '"') or re.search(r"""['"][ \t]*$""", place.before):
        return (
            "text follows the closing quotation mark",
            (
                "put the whole value in quotes; inside of single quotes `'` is written twice, "
                'inside of double quotes `"` is written `\\"`'
            ),
        )
    if place.before.strip():
        return (
            "something follows the value on its line",
            "put the whole value in quotes, or the rest on a line of its own",
        )
    return (
        "the line is indented otherwise than the keys before it, or is no `key: value`",
        "indent all keys of a mapping by the same number of blanks",
    )


def _no_content(place: Place) -> Words:
    if place.found in ("]", "}", ","):
        return (
            f"an unquoted value cannot begin with `{place.found}`",
            "put the value in quotes, or remove what is too many",
        )
    return GENERAL


_NO_COLON: Final[Words] = (
    "the line is no `key: value`",
    "write a colon and a blank after the key",
)

_PROBLEMS: Final[tuple[tuple[str, Words | Callable[[Place], Words]], ...]] = (
    ("mapping values are not allowed", _colon),
    ("cannot start any token", _cannot_start),
    ("while scanning an alias", _property),
    ("while scanning an anchor", _property),
    ("while scanning a tag", _property),
    ("tag handle", _property),
    ("unknown escape character", _escape),
    ("while parsing a quoted scalar", _escape),
    ("while scanning a quoted scalar", _unclosed_quote),
    ("expected ',' or", _unclosed_flow),
    (
        "block sequence entries are not allowed",
        (
            "a list cannot begin on the line of its key",
            "write each `- item` on a line of its own; if `- ` belongs to text, put it in quotes",
        ),
    ),
    (
        "comment or line break",
        (
            "text follows `|` or `>` on its line",
            "begin the text on the next line, indented; if `|` or `>` is text, put it in quotes",
        ),
    ),
    (
        "expected '-' indicator",
        (
            "a list ends here without a line for the key it belongs to",
            "begin each item with `- `, and indent keys that are no part of the list as before it",
        ),
    ),
    ("did not find expected key", _no_key),
    ("could not find expected ':'", _NO_COLON),
    (
        "expected <document start>",
        (
            "the line stands outside of the mapping that began before it",
            "indent all keys of the block by the same number of blanks",
        ),
    ),
    ("did not find expected node content", _no_content),
    (
        "indentation",
        ("the indentation does not fit", "indent by the same number of blanks throughout"),
    ),
)

_SHOWN_WHERE_BEGUN: Final = (_property, _unclosed_quote, _unclosed_flow, _NO_COLON)
"""Words about a whole construct: they are shown where it begins, not where libyaml stopped."""
