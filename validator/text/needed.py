r"""Words that a text must have for a pattern of RE2 to be found in it.

They are read off the source of the pattern, so that for most texts no pattern is compiled and RE2
is not imported. Not all such words are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .lazy_re import later

_TOKEN: Final = later(r"(?s)\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[0-9]+(?:,[0-9]*)?\}|.")
_FLAGS: Final = later(r"\(\?[a-zA-Z]*i|\\[QpPxC0-9]|\[:")
"""Flags and escapes that are not understood here: for a pattern with one there are no words."""

_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_MAY_LACK: Final = ("*", "?", "{0")


def needed_words(source: str) -> Sequence[bytes]:
    """The words that each match contains, in UTF-8, in their order; empty if none is known."""
    if _FLAGS.search(source):
        return ()
    words, run, depth, before = list[str](), "", 0, ""
    for token in _TOKEN.findall(source):
        if depth or token in "()":
            depth += (token == "(") - (token == ")")
            words, run = [*words, run], ""
        elif token == "|":
            return ()
        elif token[0] in "*+?{":
            is_lazy = token == "?" and before[:1] in ("*", "+", "?", "{")
            lacks = token.startswith(_MAY_LACK) and not is_lazy
            words, run = [*words, run[:-1] if lacks else run], ""
        elif _literal(token):
            run += _literal(token)
        else:
            words, run = [*words, run], ""
        before = token
    return [*dict.fromkeys(word.encode() for word in (*words, run) if word)]


def _literal(token: str) -> str:
    """The one character that a token matches; empty where it matches several, or none."""
    if token[0] != "\\":
        return token if len(token) == 1 and token not in ".^$" else ""
    if token[1].isalnum():
        return _CONTROLS.get(token[1], "")
    return token[1]
