"""All findings of a run, held in memory, and their forms for other tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, get_args, get_type_hints

from msgspec import Struct

from ..diagnostic import SCHEMA_VERSION, TOOL
from ..errors import UsageError
from ..model import Diagnostic, Row, Severity, Summary

if TYPE_CHECKING:
    import pyarrow

_AT_ONCE: Final = 10_000
"""So many findings are turned into rows at a time."""


class Results(Struct, frozen=True):
    """The findings of a run, its figures, and whether it failed: by findings of `fail_on` or worse.

    `len()` and iteration are those of the findings.
    """

    diagnostics: tuple[Diagnostic, ...]
    summary: Summary
    failed: bool
    fail_on: str

    @property
    def ok(self) -> bool:
        """Whether the command would exit 0."""
        return not self.failed

    def by_path(self) -> dict[str, list[Diagnostic]]:
        """The findings of each file that has any, in their order."""
        found: dict[str, list[Diagnostic]] = {}
        for one in self.diagnostics:
            found.setdefault(one.path, []).append(one)
        return found

    def rows(self) -> list[Row]:
        """A flat row for each finding, for a data frame: `pandas.DataFrame(results.rows())`."""
        return [found.to_row() for found in self.diagnostics]

    def to_arrow(self) -> pyarrow.Table:
        """The rows as a table of pyarrow, which the extra `arrow` brings. See `to_arrow`."""
        return to_arrow(self.diagnostics)

    def to_dict(self) -> dict[str, Any]:
        """What the format `json` prints: see `seed-validator schema json`."""
        summary = {
            **self.summary.to_dict(),
            "fail_on": self.fail_on,
            "exit_code": int(self.failed),
        }
        return {
            "schema_version": SCHEMA_VERSION,
            "tool": dict(TOOL),
            "diagnostics": [found.to_dict() for found in self.diagnostics],
            "summary": summary,
        }

    def __len__(self) -> int:
        return len(self.diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.diagnostics)

    def __repr__(self) -> str:
        totals = self.summary.totals
        found = f"{totals.errors} errors, {totals.warnings} warnings, {totals.infos} notes"
        state = "failed" if self.failed else "ok"
        return f"<Results, {state}: {totals.files} files, {totals.documents} documents, {found}>"


def to_arrow(diagnostics: Iterable[Diagnostic]) -> pyarrow.Table:
    """Findings as a table of pyarrow, in the columns of `Diagnostic.to_row`.

    `diagnostics` may be a stream, such as `Run.diagnostics()`: only rows are held in memory.
    Raises UsageError where pyarrow is not installed.
    """
    try:
        import pyarrow
    except ImportError:
        raise UsageError("to_arrow needs pyarrow: pip install 'seed-validator[arrow]'") from None
    kinds = {bool: pyarrow.bool_(), int: pyarrow.int64(), str: pyarrow.string()}
    columns = ((name, get_args(kind) or (kind,)) for name, kind in get_type_hints(Row).items())
    schema = pyarrow.schema([(name, kinds[kind[0]]) for name, kind in columns])
    numbered = enumerate(diagnostics)
    batches = [
        pyarrow.RecordBatch.from_pylist([found.to_row() for _, found in few], schema=schema)
        for _, few in groupby(numbered, key=lambda pair: pair[0] // _AT_ONCE)
    ]
    return pyarrow.Table.from_batches(batches, schema=schema)


def strictest(words: Iterable[str]) -> str:
    """The least severity among these, each one or `never`, that makes a run fail."""
    known = [Severity(word) for word in {*words} - {"never"}]
    return min(known).value if known else "never"
