"""What readers of `Name: value` lines dispute: how they end, what a type makes of the text."""

from __future__ import annotations

from typing import Final

from ..question import Question

QUESTIONS: Final = (
    Question(
        "no-blank-line-behind",
        "headers",
        "a file that ends without a blank line behind its headers",
        "a document without text",
        "put a blank line behind the headers",
        b"Title: a\n",
    ),
    Question(
        "blank-behind-value",
        "headers",
        "a blank at the end of a header line",
        "cut off",
        "remove it",
        b"Title: a \n\nText.\n",
    ),
    Question(
        "lone-cr-line-ends",
        "headers",
        "a CR that ends a line",
        "a line end",
        "end the lines in LF, or in CR LF",
        b"Title: a\r\rText.\r",
    ),
    Question(
        "parts-of-text",
        "headers",
        "the text behind a header `Content-Type: multipart/…` or `message/…`",
        "text",
        "give the header another name",
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nText.\n--b--\n',
    ),
    Question(
        "letter-beyond-ascii",
        "headers",
        "a letter beyond ASCII",
        "text",
        "write it in ASCII, or take this reader out of the list",
        "Title: é\n\nText.\n".encode(),
    ),
    Question(
        "name-beyond-ascii",
        "headers",
        "a name of a header beyond ASCII",
        "a name",
        "write it in ASCII",
        "Title: a\né: b\n\nText.\n".encode(),
    ),
)
