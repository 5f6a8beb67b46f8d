"""Turns errors of libyaml into flaws, with their place in bytes."""

from __future__ import annotations

import re
from typing import Any

import yaml

from ...model import Flaw
from ...text.visible import character_name
from .block_flaws import TabIndent, TooDeep, Unparsable
from .block_text import Text
from .yaml_words import Place, words_for

_LIBYAML_DEPTH = 1000
"""The nesting depth that newer versions of libyaml allow; measured with PyYAML 6.0.4."""


def flaw_of(error: Any, text: Text, end: int, deepest: int) -> Flaw:
    """The flaw for an error of libyaml; `deepest` is the nesting depth that the profile allows.

    `end` is the byte after the block.
    """
    if isinstance(error, yaml.reader.ReaderError):
        return _unreadable(error, text)
    mark, context = error.problem_mark, error.context_mark
    index = mark.index if mark else 0
    if "nesting depth" in (error.problem or ""):
        # libyaml's scanner runs ahead of its events, so it may find the depth before we count it.
        start = text.at(min(index, len(text.text) - 1))
        return TooDeep(start, min(start + 1, end), min(deepest, _LIBYAML_DEPTH))
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
    """The range, in its line, of the tabs at which libyaml stopped; None if it was no tab."""
    if place.found == "\t" and not place.before.strip(" \t-?:"):
        size = len(place.rest) - len(place.rest.lstrip("\t"))
        return len(place.before), len(place.before) + size
    indent = re.match(r"[ \t]*", place.line)
    blanks = indent.group() if indent else ""
    if "\t" in blanks and ("tab character" in problem or "not allowed" in problem):
        return blanks.index("\t"), len(blanks)
    return None


def _unreadable(error: Any, text: Text) -> Flaw:
    """The flaw of a character that YAML forbids; libyaml gives its offset in bytes of the text."""
    before = text.text.encode("utf-8")[: int(error.position)].decode("utf-8", "ignore")
    start, end = text.at(len(before)), text.at(len(before) + 1)
    code = ord(text.text[len(before)]) if len(before) < len(text.text) else 0
    reason = f"{character_name(code)} must not occur in YAML"
    advice = (
        "remove the character; if it belongs to the text, write it as an escape in double quotes"
    )
    return Unparsable(start, end, "yaml", reason, advice)
