"""A question to all readers of a format: what they dispute, with an example."""

from __future__ import annotations

from msgspec import Struct


class Question(Struct, frozen=True):
    """A question to all readers of a format.

    `what` is what it is about, at the beginning of a sentence; `usual` the answer of most readers;
    `help` what to write instead. `example` is a file in which it is asked, and in which readers
    that answer otherwise return something else. `is_ours` says that we go by the usual answer too,
    so that the document is another one to readers that all answer otherwise.
    """

    format: str
    name: str
    what: str
    usual: str
    help: str
    example: bytes
    is_ours: bool = True
