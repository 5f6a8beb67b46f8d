"""Parquet files, read through: the document is their rows as JSON Lines, and so are its positions.

Rows come batch by batch, however large the row groups are. A page of a column is in memory as a
whole, as it is in the file and as it was written: nobody can read less.
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
"""What the bytes of a file are read from, of a member of an archive, or of an object."""

BATCH: Final = 1 << 18
"""Bytes of rows, about, that are in memory at a time, more than once."""

_COLUMN: Final = 1 << 16
"""Bytes of a column that are read from the file at a time."""

_FIRST_ROWS: Final = 16
_MOST_ROWS: Final = 4096
_GROWTH: Final = 4
"""How many times as many rows as before are taken at most."""

_MAGIC, _ENCRYPTED = PARQUET.magics
_SHORTEST: Final = 12
"""Both signatures and the size of the footer (parquet-format, "File format")."""


class Unfolded(InParts):
    """The rows of a Parquet file as JSON Lines, to be read like the bytes of a file.

    Raises UsageError where pyarrow is not installed, BrokenStreamError for what is not read.
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
    """The numbers, from 0, of the first row of each row group; none where they cannot be known."""
    try:
        with raw() as file:
            table: pyarrow.parquet.FileMetaData = _opened(file).metadata
            sizes = (table.row_group(at).num_rows for at in range(table.num_row_groups))
            return [0, *accumulate(sizes)][: table.num_row_groups]
    except (OSError, ValueError):  # it has changed since it was read
        return ()


def _flaw_of(error: Exception, size: int) -> Flaw | None:
    """What is wrong with a file, as pyarrow says, after so many bytes; None where that is not."""
    if isinstance(error, BrokenStreamError | UsageError):
        return None
    if isinstance(error, OSError) and error.errno is not None:
        return None  # the system's
    import pyarrow

    if not isinstance(error, OSError | ValueError | OverflowError | pyarrow.ArrowException):
        return None
    cause = str(error).partition("\n")[0] or type(error).__name__
    encrypted = "crypt" in cause.lower()
    return Encrypted(PARQUET.name) if encrypted else DamagedStream(PARQUET.name, size, cause)


def _must_be_whole(raw: Stored) -> int:
    """The size of a file that begins and ends as it must. Raises BrokenStreamError."""
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
    """What `pyarrow.parquet.ParquetFile` reads by (pyarrow 16 to 26), without what it imports.

    That is file systems, which take 10 MB and a third of the time in which pyarrow is imported. The
    system's own memory is given back when a batch is done; what pyarrow takes else, keeps more.
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
    except TypeError:  # before pyarrow 21 they always are
        reader.open(source, **how)
    return reader


def _lines(reader: Any) -> Iterator[bytes]:
    """The rows batch by batch; of how many comes from how long those before were.

    What the file says of its size is no more than the most: a text that is there many times is
    written once.
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
    """How many rows are about `BATCH` bytes as they are written, in the group of the longest."""
    groups = map(table.row_group, range(table.num_row_groups))
    longest = max((one.total_byte_size // max(1, one.num_rows) for one in groups), default=0)
    return max(1, min(_MOST_ROWS, BATCH // max(1, longest)))
