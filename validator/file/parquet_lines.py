"""Writes rows of a Parquet file as JSON Lines; a null becomes a missing field.

The bytes of a text column are written unchanged, even if they are no UTF-8: pyarrow accepts such
bytes, and other readers do not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec import Raw
from msgspec.json import Encoder

if TYPE_CHECKING:
    import pyarrow

_ENCODER: Final = Encoder(decimal_format="number", enc_hook=str)


def lines_of(batch: pyarrow.RecordBatch) -> bytes:
    """The rows as JSON Lines, each a JSON object of its columns."""
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


def _plain(column: pyarrow.Array) -> pyarrow.Array:
    """A column cast to types of Python: moments in microseconds, no dictionary encoding."""
    wanted = _type(column.type, as_bytes=False)
    return column if wanted.equals(column.type) else column.cast(wanted, safe=False)


def _type(kind: pyarrow.DataType, *, as_bytes: bool) -> pyarrow.DataType:
    """The type to cast a column to; with `as_bytes`, text becomes the bytes in the file."""
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
    """The rows as JSON Lines, if a text is no UTF-8, or two columns have the same name."""
    keys = [_ENCODER.encode(name) + b":" for name in names]
    values = [column.cast(_type(column.type, as_bytes=True)).to_pylist() for column in columns]
    lines = []
    for at in range(count):
        fields = [
            key + _ENCODER.encode(_exact(column[at], kind.type))
            for key, column, kind in zip(keys, values, columns, strict=True)
            if column[at] is not None
        ]
        lines.append(b"{" + b",".join(fields) + b"}\n")
    return b"".join(lines)


def _exact(value: Any, kind: pyarrow.DataType) -> Any:
    """A value to be encoded, in which the bytes of texts are written unchanged."""
    from pyarrow import types

    if value is None:
        return None
    if _is_text(kind):
        text = json.dumps(value.decode("utf-8", "surrogateescape"), ensure_ascii=False)
        return Raw(text.encode("utf-8", "surrogateescape"))
    if types.is_struct(kind):
        fields = [kind.field(at) for at in range(kind.num_fields)]
        return {one.name: _exact(value[one.name], one.type) for one in fields}
    if types.is_map(kind):
        return [(_exact(key, kind.key_type), _exact(item, kind.item_type)) for key, item in value]
    if _is_list(kind):
        return [_exact(one, kind.value_type) for one in value]
    return value
