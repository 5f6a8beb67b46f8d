"""A question to all readers of a format: what they dispute, with an example."""

from __future__ import annotations

from msgspec import Struct


class Question(Struct, frozen=True):
    """A question to all readers of a format.

    `what` names its subject and begins a sentence; `usual` is the answer of most readers; `help`
    says what to write instead. `example` is a file about which the question arises: readers with
    another answer return something else for it. `is_ours` says that this program goes by the usual
    answer, too: so where all readers of a profile give another one, they read another document.
    """

    format: str
    name: str
    what: str
    usual: str
    help: str
    example: bytes
    is_ours: bool = True
