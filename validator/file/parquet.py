"""Parquet files, read through: the document is their rows as JSON Lines, and so are its positions.

Each row is a line, a JSON object of its columns; a null is a field that is not there. Rows come
batch by batch, however large the row groups are. Bytes of a text column are written as they are,
also those that are no UTF-8: pyarrow hands them on without a word, and other readers do not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO, FileIO
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

from msgspec.json import Encoder

from ..errors import UsageError
from ..text.lazy_re import later
from .compression import PARQUET, Bounds
from .stand_ins import pointer
from .streams import (
    RATIO_FROM,
    BrokenStreamError,
    CutStream,
    DamagedStream,
    Encrypted,
    Expanded,
    FalseSuffix,
)

if TYPE_CHECKING:
    import pyarrow
    import pyarrow.parquet

    from .archive import Extract
    from .storage.object_file import ObjectFile


Stored: TypeAlias = "FileIO | BytesIO | Extract | ObjectFile"
"""What the bytes of a file are read from, of a member of an archive, or of an object."""

BATCH: Final = 1 << 20
"""Bytes of rows, about, that are in memory at a time, more than once."""

_MOST_ROWS: Final = 16_384
_MAGIC, _ENCRYPTED = PARQUET.magics
_SHORTEST: Final = 12
"""Both signatures and the size of the footer (parquet-format, "File format")."""

_ESCAPED: Final = later(rb'["\\\x00-\x1f]')
_SHORT: Final = {
    b'"': b'\\"',
    b"\\": b"\\\\",
    b"\b": b"\\b",
    b"\f": b"\\f",
    b"\n": b"\\n",
    b"\r": b"\\r",
    b"\t": b"\\t",
}


class Unfolded:
    """The rows of a Parquet file as JSON Lines, to be read like the bytes of a file.

    Raises UsageError where pyarrow is not installed, BrokenStreamError for what is not read.
    """

    def __init__(self, raw: Stored, bounds: Bounds) -> None:
        self._raw, self._bounds = raw, bounds
        self._size = 0
        self._lines: Iterator[bytes] | None = None
        self._spare = BytesIO()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._lines = None
        self._raw.close()

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end. Raises BrokenStreamError."""
        if self._lines is None:
            self._lines = self._batches()
        data = self._spare.read(size)
        parts, have = [data], len(data)
        while have < size:
            lines = next(self._lines, b"")
            if not lines:
                break
            self._spare = BytesIO(lines)
            parts.append(self._spare.read(size - have))
            have += len(parts[-1])
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _batches(self) -> Iterator[bytes]:
        taken = _must_be_whole(self._raw)
        if not taken:
            return
        with _Told(self):
            table = _opened(self._raw)
            rows = _rows_at_once(table.metadata)
            batches = table.iter_batches(batch_size=rows, use_threads=False)
            for batch in batches:
                lines = _lines(batch)
                self._size += len(lines)
                size, ratio = self._size, self._bounds.ratio
                too_long = 0 < self._bounds.size < size
                if too_long or (size > RATIO_FROM and 0 < ratio * taken < size):
                    raise BrokenStreamError(Expanded(PARQUET.name, taken, size, self._bounds))
                if lines:
                    yield lines

    @property
    def size(self) -> int:
        """Bytes of the document so far."""
        return self._size


def row_groups(raw: Callable[[], Stored]) -> Sequence[int]:
    """The numbers, from 0, of the first row of each row group; none where they cannot be known."""
    try:
        with raw() as file:
            table = _opened(file).metadata
            sizes = (table.row_group(at).num_rows for at in range(table.num_row_groups))
            return [0, *accumulate(sizes)][: table.num_row_groups]
    except (OSError, ValueError):  # it has changed since it was read
        return ()


class _Told:
    """What pyarrow raises becomes the flaw that says what is wrong with the file."""

    def __init__(self, file: Unfolded) -> None:
        self._file = file

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, BrokenStreamError | UsageError):
            return
        if isinstance(error, OSError) and error.errno is not None:
            return  # the system's
        import pyarrow

        if isinstance(error, OSError | ValueError | OverflowError | pyarrow.ArrowException):
            cause = str(error).partition("\n")[0] or type(error).__name__
            if "crypt" in cause.lower():
                raise BrokenStreamError(Encrypted(PARQUET.name)) from error
            flaw = DamagedStream(PARQUET.name, self._file.size, cause)
            raise BrokenStreamError(flaw) from error


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


def _opened(raw: Stored) -> pyarrow.parquet.ParquetFile:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError(
            "Parquet files are read by pyarrow: pip install 'seed-validator[parquet]'"
        ) from None
    source = pyarrow.PythonFile(raw, mode="r")
    return pyarrow.parquet.ParquetFile(source, buffer_size=BATCH, pre_buffer=False)


def _rows_at_once(table: pyarrow.parquet.FileMetaData) -> int:
    """How many rows are about `BATCH` bytes, in the row group of the longest ones."""
    longest = 1
    for at in range(table.num_row_groups):
        group = table.row_group(at)
        longest = max(longest, group.total_byte_size // max(1, group.num_rows))
    return max(1, min(_MOST_ROWS, BATCH // longest))


def _lines(batch: pyarrow.RecordBatch) -> bytes:
    """The rows as JSON Lines."""
    names = batch.schema.names
    columns = [_plain(column) for column in batch.columns]
    try:
        values = [column.to_pylist() for column in columns]
    except UnicodeDecodeError:
        return _exactly(names, columns, batch.num_rows)
    if len({*names}) < len(names):
        return _exactly(names, columns, batch.num_rows)
    rows: list[dict[str, Any]]
    if any(column.null_count for column in columns):
        rows = [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in zip(*values, strict=True)
        ]
    else:
        rows = [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]
    return _ENCODER.encode_lines(rows)


_ENCODER: Final = Encoder(decimal_format="number", enc_hook=str)


def _plain(column: pyarrow.Array) -> pyarrow.Array:
    """A column of values that Python knows: moments to the microsecond, no dictionaries."""
    wanted = _type(column.type, as_bytes=False)
    return column if wanted.equals(column.type) else column.cast(wanted, safe=False)


def _type(kind: pyarrow.DataType, *, as_bytes: bool) -> pyarrow.DataType:
    """The type to cast to; `as_bytes` has texts as the bytes that they are in the file."""
    import pyarrow
    from pyarrow import types

    if types.is_dictionary(kind):
        return _type(kind.value_type, as_bytes=as_bytes)
    if as_bytes and _is_text(kind):
        return pyarrow.large_binary()
    if types.is_timestamp(kind):
        return pyarrow.timestamp("us", "UTC" if kind.tz else None)
    if types.is_time64(kind):
        return pyarrow.time64("us")
    if types.is_duration(kind):
        return pyarrow.duration("us")
    if types.is_float16(kind):
        return pyarrow.float32()
    if types.is_struct(kind):
        fields = [kind.field(at) for at in range(kind.num_fields)]
        return pyarrow.struct([one.with_type(_type(one.type, as_bytes=as_bytes)) for one in fields])
    if types.is_map(kind):
        item = _type(kind.item_type, as_bytes=as_bytes)
        return pyarrow.map_(_type(kind.key_type, as_bytes=as_bytes), item)
    if _is_list(kind):
        return pyarrow.large_list(
            kind.value_field.with_type(_type(kind.value_type, as_bytes=as_bytes))
        )
    return kind


def _is_text(kind: pyarrow.DataType) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind))


def _is_list(kind: pyarrow.DataType) -> bool:
    from pyarrow import types

    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def _exactly(names: Sequence[str], columns: Sequence[pyarrow.Array], count: int) -> bytes:
    """Rows of which some text is no UTF-8, or two columns have one name."""
    keys = [_ENCODER.encode(name) + b":" for name in names]
    values = [column.cast(_type(column.type, as_bytes=True)).to_pylist() for column in columns]
    lines = []
    for at in range(count):
        fields = [
            key + _written(column[at], kind.type)
            for key, column, kind in zip(keys, values, columns, strict=True)
            if column[at] is not None
        ]
        lines.append(b"{" + b",".join(fields) + b"}\n")
    return b"".join(lines)


def _written(value: Any, kind: pyarrow.DataType) -> bytes:
    """A value as JSON; the bytes of a text are written as they are."""
    from pyarrow import types

    if value is None:
        return b"null"
    if _is_text(kind):
        text = _ESCAPED.sub(lambda one: _SHORT.get(one[0]) or b"\\u%04x" % one[0][0], value)
        return b'"' + text + b'"'
    if types.is_struct(kind):
        fields = [kind.field(at) for at in range(kind.num_fields)]
        pairs = (
            _ENCODER.encode(one.name) + b":" + _written(value[one.name], one.type) for one in fields
        )
        return b"{" + b",".join(pairs) + b"}"
    if types.is_map(kind):
        pairs = (
            b"[" + _written(key, kind.key_type) + b"," + _written(item, kind.item_type) + b"]"
            for key, item in value
        )
        return b"[" + b",".join(pairs) + b"]"
    if _is_list(kind):
        return b"[" + b",".join(_written(one, kind.value_type) for one in value) + b"]"
    return _ENCODER.encode(value)
