"""What readers of front matter dispute of the text behind it: white space at its ends."""

from __future__ import annotations

from typing import Final

from ..question import Question

QUESTIONS: Final = (
    Question(
        "padded-body",
        "front-matter",
        "white space at an end of the body",
        "a part of it",
        "begin and end with a character that can be seen",
        b"---\na: b\n---\n    code\n",
    ),
    Question(
        "blanks-alone-first",
        "front-matter",
        "a line of blanks at the start of the body",
        "a part of it",
        "remove the blanks",
        b"---\na: b\n---\n \nText.\n",
    ),
)
