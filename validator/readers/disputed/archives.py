"""What readers of txtar dispute: the name in a marker, and what ends a line."""

from __future__ import annotations

from typing import Final

from ..question import Question

QUESTIONS: Final = (
    Question(
        "blank-in-marker",
        "txtar",
        "a blank beside the name in a marker",
        "no part of the name",
        "write one blank before the name and one behind it",
        b"--  a.txt  --\nText.\n",
    ),
    Question(
        "blank-name",
        "txtar",
        "a marker whose name is of blanks",
        "text",
        "write a name, or no blank",
        b"-- a.txt --\n--   --\nText.\n",
    ),
    Question(
        "unicode-line-end",
        "txtar",
        "a character that Unicode takes for a line end, beside LF,",
        "a part of the line",
        "write LF, or remove it",
        "-- a.txt --\nOne.\u2028Two.\n".encode(),
    ),
)
