"""What readers of `Name: value` lines dispute: how they end, what a type makes of the text."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..question import Question

_asked = partial(Question, "headers")

QUESTIONS: Final = (
    _asked(
        "no-blank-line-behind",
        "a file that ends without a blank line behind its headers",
        "a document without text",
        "put a blank line behind the headers",
        b"Title: a\n",
    ),
    _asked(
        "blank-behind-value",
        "a blank at the end of a header line",
        "cut off",
        "remove it",
        b"Title: a \n\nText.\n",
    ),
    _asked(
        "lone-cr-line-ends",
        "a CR that ends a line",
        "a line end",
        "end the lines in LF, or in CR LF",
        b"Title: a\r\rText.\r",
    ),
    _asked(
        "parts-of-text",
        "the text behind a header `Content-Type: multipart/…` or `message/…`",
        "text",
        "give the header another name",
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nText.\n--b--\n',
    ),
    _asked(
        "letter-beyond-ascii",
        "a letter beyond ASCII",
        "text",
        "write it in ASCII, or take this reader out of the list",
        "Title: é\n\nText.\n".encode(),
    ),
    _asked(
        "name-beyond-ascii",
        "a name of a header beyond ASCII",
        "a name",
        "write it in ASCII",
        "Title: a\né: b\n\nText.\n".encode(),
    ),
)
