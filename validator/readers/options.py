"""`readers`: the programs that the documents of a profile are made for."""

from __future__ import annotations

from typing import Final

from ..settings.options import Option
from ..settings.value_types import ListOf, choice_of
from .roll import names

DEFAULT: Final[tuple[str, ...]] = (
    *("python-frontmatter", "gray-matter"),
    *("json", "orjson", "msgspec", "simdjson", "node"),
    *("pandas-typed", "pyarrow-typed", "polars", "polars-typed", "duckdb-typed"),
)
"""Whose reading counts where a profile names none."""

READER_NAMES: Final = ListOf(item=choice_of(names()))

READERS: Final = Option[tuple[str, ...]](
    "readers",
    "the programs that the documents are made for (`seed-validator readers`): what these read "
    "differently, or one of them refuses, is an error",
    DEFAULT,
    READER_NAMES,
)
