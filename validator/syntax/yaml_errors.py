"""Where libyaml stopped, in bytes, and the flaw that it is."""

from __future__ import annotations

import re
from typing import Any

import yaml

from ..model import Flaw
from ..visible import character_name
from .flaws import TabIndent, Unparsable
from .text import Text
from .yaml_words import Place, words_for


def flaw_of(error: Any, text: Text, data: bytes, end: int) -> Flaw:
    """The flaw for an error of libyaml."""
    if isinstance(error, yaml.reader.ReaderError):
        return _unreadable(error, text)
    mark, context = error.problem_mark, error.context_mark
    index = mark.index if mark else 0
    place = Place(text.text, index, context.index if context else None)
    tab = _tab(place, error.problem or "")
    if tab is not None:
        line = place.index - len(place.before)
        return TabIndent(text.at(line + tab[0]), text.at(line + tab[1]))
    reason, advice, from_context = words_for(error.problem or "", error.context or "", place)
    shown = place.context if from_context and place.context is not None else place.index
    start = text.at(min(shown, max(0, len(text.text) - 1)))
    return Unparsable(start, max(start, min(text.at(shown + 1), end)), "yaml", reason, advice)


def _tab(place: Place, problem: str) -> tuple[int, int] | None:
    """Where in its line the tabs stand that libyaml stopped at, if it did."""
    if place.found == "\t" and not place.before.strip(" \t-?:"):
        size = len(place.rest) - len(place.rest.lstrip("\t"))
        return len(place.before), len(place.before) + size
    indent = re.match(r"[ \t]*", place.line)
    blanks = indent.group() if indent else ""
    if "\t" in blanks and ("tab character" in problem or "not allowed" in problem):
        return blanks.index("\t"), len(blanks)
    return None


def _unreadable(error: Any, text: Text) -> Flaw:
    """A character that YAML forbids altogether; the position is in bytes of the block."""
    start = text.start + int(error.position)
    code = error.character if isinstance(error.character, int) else ord(error.character or "\0")
    size = len(chr(code).encode("utf-8", "surrogatepass"))
    if code == 0xFEFF:
        return Unparsable(start, start + size, "yaml", "a byte order mark (U+FEFF) stands "
                          "inside of it", "remove the byte order mark")  # fmt: skip
    return Unparsable(
        start,
        start + size,
        "yaml",
        f"{character_name(code)} must not occur in YAML",
        "remove the character; if it belongs to the text, write it as an escape in double quotes",
    )
