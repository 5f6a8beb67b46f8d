"""`readers`: the programs that the documents of a profile are made for."""

from __future__ import annotations

from typing import Final

from ..settings.options import Option
from ..settings.value_types import Choice, ListOf
from .roll import names

DEFAULT: Final[tuple[str, ...]] = (
    *("python-frontmatter", "gray-matter"),
    *("json", "orjson", "msgspec", "simdjson", "node"),
    *("pandas-typed", "pyarrow-typed", "polars", "polars-typed", "duckdb-typed"),
)
"""The readers that count where a profile names none."""

_TITLE: Final = (
    "a reader that `seed-validator readers` lists|readers that `seed-validator readers` lists"
)
READER_NAMES: Final = ListOf(item=Choice(known={name: name for name in names()}, title=_TITLE))

READERS: Final = Option[tuple[str, ...]](
    "readers",
    "the programs that the documents are made for (`seed-validator readers`): what these read "
    "differently, or one of them refuses, is an error",
    DEFAULT,
    READER_NAMES,
)
