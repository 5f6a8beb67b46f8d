"""A way to write metadata: what the module of each syntax declares."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from ...document import Span
from ...settings.options import Settings
from .block_text import Examined


class FrontMatter(Struct, frozen=True):
    """How a block stands at the first byte of a document: `opening` begins it, `closing` ends it.

    Each is a line of its own, outside of the block. If there is an `end`, they are signs that
    belong to the block: it gives where a block that begins at a byte of the data ends, before
    another byte, or -1. What `begins` does not match is text all the same, if there is one. `how`
    says it in words.
    """

    opening: bytes
    closing: bytes
    how: str
    end: Callable[[bytes, int, int], int] | None = None
    begins: re.Pattern[bytes] | None = None


class Head(Struct, frozen=True):
    """How a block is lines at the start of a document, for which `delimiters.block` has its name.

    `form` is how such a line is written, `how` says what the block is, `called` what a document
    without it lacks. `find` gives, for the lines from one byte of the data to another, where the
    block ends and where the body begins; None if there is none.
    """

    form: str
    how: str
    called: str
    find: Callable[[bytes, int, int], tuple[int, int] | None]


class Syntax(Struct, frozen=True):
    """One syntax. `called` is what messages call a block of it, after `... cannot be read`.

    `load` is quick and knows no positions: it gives the fields of a block, or None when it must be
    examined, which may be needless and may not be missing. `examine` is exact, and never raises: a
    tree whose every key and value knows its bytes in the data, and the flaws of the block at this
    span. Where there are no flaws the two agree. Neither looks at how large the block is.

    `example` is a block with one field, `title`, which is `Sea`. `suffixes` are those of files that
    hold metadata in it; `in_code` says that blocks of code may hold data in it (`body.code`);
    `comment` begins a comment that ends with its line, `escapes` says that texts may be written
    with the escapes of JSON, which hide characters.
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
