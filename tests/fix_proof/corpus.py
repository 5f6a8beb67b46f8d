"""Documents in many formats and encodings, with faults planted whose mending is known to the byte.

A document is made clean; faults are planted that a safe fix undoes; what a fix must give is the
clean document. In some there is a fault besides that no safe fix mends, which must stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

from .kinds import CHARSETS, KINDS, Made

_CONFIG: Final = """
[profiles.base]
files = ["nothing"]
[profiles.base.text]
trailing-blanks = "forbid"
[profiles.base.encoding]
final-newline = "require"

[profiles.plain]
extends = "base"
files = ["plain/**", "packed/**"]

[profiles.crlf]
extends = "base"
files = ["crlf/**"]
encoding.newline = "crlf"

[profiles.legacy]
extends = "base"
files = ["legacy/**"]
encoding.repair-from = ["windows-1252", "utf-16"]

[profiles.records]
files = ["records/**"]
delimiters.kind = "json-lines"
metadata.order = ["id", "text"]
encoding.final-newline = "require"

[profiles.bundles]
extends = "base"
files = ["bundles/**"]
delimiters.kind = "marked"
delimiters.separator = "%%%"

[profiles.front]
extends = "base"
files = ["front/**"]
delimiters.block = "front-matter"
metadata.order = ["id", "title", "date"]
[profiles.front.metadata.schema.properties]
title = { type = "string" }
version = { type = "string" }
author = { x-alias = ["authors"] }

[profiles.toml]
extends = "base"
files = ["toml/**"]
delimiters.block = "front-matter"
delimiters.formats = ["toml"]

[profiles.mails]
extends = "mbox"
files = ["mails/**"]
text.trailing-blanks = "forbid"

[profiles.treebanks]
extends = "conllu"
files = ["treebanks/**"]

[profiles.articles]
extends = "wikiextractor"
files = ["articles/**"]
encoding.final-newline = "require"

[profiles.notes]
extends = "headers"
files = ["notes/**"]
text.trailing-blanks = "forbid"
encoding.final-newline = "require"
"""

CONFIG: Final = _CONFIG + "".join(
    f'\n[profiles.{name}]\nextends = "base"\nfiles = ["{name}/**"]\nencoding.charset = "{codec}"\n'
    for name, (codec, _) in CHARSETS.items()
)


def files(seed: int, first: int, documents: int) -> Iterator[Made]:
    """Files from the number `first` on with at least so many documents in all.

    The kinds take turns. What a file holds depends on the seed and its number alone.
    """
    count, kinds = 0, [*KINDS.items()]
    while count < documents:
        name, kind = kinds[first % len(kinds)]
        made = kind(Random(f"{seed}/{first}"), f"{name}/{first // 2000:03}/{first:06}")
        yield made
        count, first = count + made.documents, first + 1
