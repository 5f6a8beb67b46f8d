"""The record that the module of each syntax of metadata declares."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from ...document import Span
from ...settings.options import Settings
from .block_text import Examined


class FrontMatter(Struct, frozen=True):
    """How a block is written at the start of a document: `opening` begins it, `closing` ends it.

    Without an `end`, each of them is a line of its own, outside of the block. With an `end`, they
    are signs that belong to the block: `end(data, start, stop)` gives the byte after a block that
    begins at `start`, or -1 if it does not end before `stop`. If there is a pattern `begins`, a
    document that it does not match at its start has no block. `how` says all this in words.
    """

    opening: bytes
    closing: bytes
    how: str
    end: Callable[[bytes, int, int], int] | None = None
    begins: re.Pattern[bytes] | None = None


class Head(Struct, frozen=True):
    """How a block is written as lines at the start of a document; its name is a `delimiters.block`.

    `form` is how such a line is written, `how` says what the block is, `called` what a document
    without it lacks. `find(data, start, stop)` gives, for a document at `start:stop`, where the
    block ends and where the body begins; None if it has no block.
    """

    form: str
    how: str
    called: str
    find: Callable[[bytes, int, int], tuple[int, int] | None]


class Syntax(Struct, frozen=True):
    """One syntax. `called` is the name of a block of it in messages, as in `... cannot be read`.

    `load` is the quick way, without positions: it gives the fields of a block, or None if the block
    must be examined. It may say so needlessly, but it must say so for every block with a flaw.
    `examine` is the exact way: it gives the tree of the block at a span of the data, with the span
    of every key and value, and the flaws of the block; it never raises. If there are no flaws, both
    give the same fields. Neither checks the size of the block.

    `example` is a block with one field, `title`, which is `Sea`. `suffixes` are the suffixes of
    files with metadata in this syntax. `in_code` says that blocks of code may hold data in it
    (`body.code`). `comment` begins a comment that ends with its line. `escapes` says that texts may
    have the escapes of JSON, which hide characters.
    """

    name: str
    called: str
    load: Callable[[bytes, Settings], dict[str, Any] | None]
    examine: Callable[[bytes, Span, Settings], Examined]
    example: bytes
    front_matter: FrontMatter | None = None
    head: Head | None = None
    suffixes: tuple[str, ...] = ()
    in_code: bool = False
    comment: bytes = b""
    escapes: bool = False
