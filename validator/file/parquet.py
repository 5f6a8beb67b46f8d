"""Reads Parquet files: the document is their rows as JSON Lines, and positions are bytes of these.

Rows come batch by batch, however large the row groups are. A page of a column is in memory as a
whole, compressed and expanded: less than a page cannot be read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from io import BytesIO, FileIO
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ..errors import UsageError
from ..model import Flaw
from .compression import PARQUET, Bounds
from .parquet_lines import lines_of
from .stand_ins import pointer
from .streams import (
    BrokenStreamError,
    CutStream,
    DamagedStream,
    Encrypted,
    FalseSuffix,
    InParts,
    stay_within,
)

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.parquet

    from .archive import Extract
    from .storage.object_file import ObjectFile


Stored: TypeAlias = "FileIO | BytesIO | Extract | ObjectFile"
"""An open file, member of an archive, or object in storage."""

BATCH: Final = 1 << 18
"""About how many bytes of rows are in memory at a time (in more than one copy)."""

_COLUMN: Final = 1 << 16
"""Bytes of a column that are read from the file at a time."""

_FIRST_ROWS: Final = 16
_MOST_ROWS: Final = 4096
_GROWTH: Final = 4
"""A batch has at most so many times the rows of the batch before."""

_MAGIC, _ENCRYPTED = PARQUET.magics
_SHORTEST: Final = 12
"""Bytes of both signatures and the size of the footer (parquet-format, "File format")."""


class Unfolded(InParts):
    """The rows of a Parquet file as JSON Lines, to be read like the bytes of a file.

    Raises UsageError if pyarrow is not installed, BrokenStreamError if the file cannot be read.
    """

    def __init__(self, raw: Stored, bounds: Bounds) -> None:
        self._raw, self._bounds = raw, bounds
        self._size = 0
        self._lines = self._batches()

    def close(self) -> None:
        """Close the file."""
        self._lines.close()
        self._raw.close()

    def _part(self) -> bytes:
        return next(self._lines, b"")

    def _batches(self) -> Generator[bytes, None, None]:
        taken = _must_be_whole(self._raw)
        if not taken:
            return
        try:
            for lines in _lines(_opened(self._raw)):
                self._size += len(lines)
                stay_within(self._bounds, PARQUET.name, taken, self._size)
                if lines:
                    yield lines
        except Exception as error:
            flaw = _flaw_of(error, self._size)
            if flaw is None:
                raise
            raise BrokenStreamError(flaw) from error


def row_groups(raw: Callable[[], Stored]) -> Sequence[int]:
    """The number, from 0, of the first row of each row group; empty if the file cannot be read."""
    try:
        with raw() as file:
            table: pyarrow.parquet.FileMetaData = _opened(file).metadata
            sizes = (table.row_group(at).num_rows for at in range(table.num_row_groups))
            return [0, *accumulate(sizes)][: table.num_row_groups]
    except (OSError, ValueError):  # it has changed since it was read
        return ()


def _flaw_of(error: Exception, size: int) -> Flaw | None:
    """The flaw for an error of pyarrow after `size` bytes; None for one not about the file."""
    if isinstance(error, BrokenStreamError | UsageError):
        return None
    if isinstance(error, OSError) and error.errno is not None:
        return None  # an error of the system
    import pyarrow

    if not isinstance(error, OSError | ValueError | OverflowError | pyarrow.ArrowException):
        return None
    cause = str(error).partition("\n")[0] or type(error).__name__
    encrypted = "crypt" in cause.lower()
    return Encrypted(PARQUET.name) if encrypted else DamagedStream(PARQUET.name, size, cause)


def _must_be_whole(raw: Stored) -> int:
    """The size of a file, after a check of its beginning and end. Raises BrokenStreamError."""
    head = raw.read(1024) or b""
    size = raw.seek(0, os.SEEK_END)
    if not size:
        return 0
    if head.startswith(_ENCRYPTED):
        raise BrokenStreamError(Encrypted(PARQUET.name))
    if not head.startswith(_MAGIC):
        false = FalseSuffix(PARQUET.name, PARQUET.suffix.decode(), "")
        raise BrokenStreamError(pointer(head) or false)
    raw.seek(max(0, size - len(_MAGIC)))
    if size < _SHORTEST or raw.read(len(_MAGIC)) != _MAGIC:
        raise BrokenStreamError(CutStream(PARQUET.name, 0))
    raw.seek(0)
    return size


def _opened(raw: Stored) -> Any:
    """The reader inside of `pyarrow.parquet.ParquetFile` (pyarrow 16 to 26), without its imports.

    These are file systems, which take 10 MB and a third of the import time of pyarrow. The memory
    pool of the system gives memory back after each batch; the default pool of pyarrow keeps more.
    """
    try:
        import pyarrow
        from pyarrow._parquet import ParquetReader
    except ImportError:
        raise UsageError(
            "Parquet files are read by pyarrow: pip install 'seed-validator[parquet]'"
        ) from None
    reader = ParquetReader(pyarrow.system_memory_pool())
    source = pyarrow.PythonFile(raw, mode="r")
    how = {"buffer_size": _COLUMN, "pre_buffer": False}
    try:
        reader.open(source, arrow_extensions_enabled=True, **how)
    except TypeError:  # before pyarrow 21, extensions are always enabled
        reader.open(source, **how)
    return reader


def _lines(reader: Any) -> Iterator[bytes]:
    """The rows batch by batch; the size of a batch is chosen by the length of the rows before.

    The sizes in the file give only an upper limit of rows, as a repeated text is stored once.
    """
    most = _most_rows(reader.metadata)
    rows = min(_FIRST_ROWS, most)
    groups = range(reader.metadata.num_row_groups)
    for batch in reader.iter_batches(rows, row_groups=groups, use_threads=False):
        lines = lines_of(batch)
        yield lines
        fit = BATCH * batch.num_rows // max(1, len(lines))
        rows = max(1, min(fit, _GROWTH * rows, most))
        reader.set_batch_size(rows)


def _most_rows(table: pyarrow.parquet.FileMetaData) -> int:
    """How many rows are about `BATCH` bytes, in the row group with the longest rows."""
    groups = map(table.row_group, range(table.num_row_groups))
    longest = max((one.total_byte_size // max(1, one.num_rows) for one in groups), default=0)
    return max(1, min(_MOST_ROWS, BATCH // max(1, longest)))
