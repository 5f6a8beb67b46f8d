"""What readers of txtar dispute: the name in a marker, and what ends a line."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..question import Question

_asked = partial(Question, "txtar")

QUESTIONS: Final = (
    _asked(
        "blank-in-marker",
        "a blank beside the name in a marker",
        "no part of the name",
        "write one blank before the name and one behind it",
        b"--  a.txt  --\nText.\n",
    ),
    _asked(
        "blank-name",
        "a marker whose name is of blanks",
        "text",
        "write a name, or no blank",
        b"-- a.txt --\n--   --\nText.\n",
    ),
    _asked(
        "unicode-line-end",
        "a character that Unicode takes for a line end, beside LF,",
        "a part of the line",
        "write LF, or remove it",
        "-- a.txt --\nOne.\u2028Two.\n".encode(),
    ),
)
