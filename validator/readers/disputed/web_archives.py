"""What readers of WARC dispute in the headers of a record."""

from __future__ import annotations

from functools import partial
from typing import Final

from ..question import Question

_asked = partial(Question, "warc")

_RECORD: Final = (
    b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: %b\r\n"
    b"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-0>\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 6\r\n\r\nText.\n\r\n\r\n"
)

QUESTIONS: Final = (
    _asked(
        "angled-address",
        "an address between `<` and `>`",
        "the address with both signs",
        "write it without them",
        _RECORD % b"<https://example.org/1>",
    ),
    _asked(
        "blank-in-address",
        "a blank in an address",
        "a part of it",
        "write `%20`",
        _RECORD % b"https://example.org/a b",
    ),
    _asked(
        "lf-header-lines",
        "a header line that ends in LF alone",
        "a header line",
        "end it in CR LF",
        (_RECORD % b"https://example.org/1").replace(b"\r\n", b"\n", 8),
    ),
)
