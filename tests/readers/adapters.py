"""One small function a reader: the path of a file in, its documents out, as users call it.

Runs in the environment of the readers, not in ours: it needs the standard library and the one
reader that it is asked for.

    python -m tests.readers.adapters READER LIST RESULTS

LIST holds a path a line; for each, one line of JSON is added to RESULTS: [path, documents, error].
A reader that crashes or hangs ends the process, and the lines say how far it came.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .canonical import ABSENT_IS_NULL, DEEP, ONE_NUMBER, canonical, encode

LIMIT = 60  # seconds for one file; the alarm of the system also ends a reader that hangs in C

Read = Callable[[str], Any]


class Reader(NamedTuple):
    """A reader: its format, the package that it comes in, how it is called, what it cannot say."""

    format: str
    package: str
    call: str
    read: Read | None = None
    traits: frozenset[str] = frozenset()
    told: bool = False


def lines_of(path: str) -> Iterator[bytes]:
    """The lines of a file as a program reads them that opens it in binary, `.gz` expanded."""
    if path.endswith(".gz"):
        import gzip

        with gzip.open(path) as file:
            yield from file
    else:
        with Path(path).open("rb") as file:
            yield from file


def text_lines_of(path: str) -> Iterator[str]:
    """The lines of a file as a program reads them that opens it as text."""
    import gzip

    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else None
    with opened or Path(path).open(encoding="utf-8") as file:
        yield from file


def read_json(path: str) -> Any:
    return [json.loads(line) for line in text_lines_of(path)]


def read_orjson(path: str) -> Any:
    import orjson

    return [orjson.loads(line) for line in lines_of(path)]


def read_msgspec(path: str) -> Any:
    import msgspec

    return [msgspec.json.decode(line) for line in lines_of(path)]


def read_datatrove(path: str) -> Any:
    from datatrove.pipeline.readers import JsonlReader

    where = Path(path)
    reader = JsonlReader(str(where.parent), glob_pattern=where.name)
    documents = []
    for document in reader.run():
        metadata = {key: item for key, item in document.metadata.items() if key != "file_path"}
        documents.append({"id": document.id, "text": document.text, **metadata})
    return documents


def read_datasets(path: str) -> Any:
    from datasets import disable_progress_bars, load_dataset

    disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        loaded = load_dataset("json", data_files=path, split="train", cache_dir=cache)
        return list(loaded)


def read_datasets_told(path: str) -> Any:
    from datasets import Features, disable_progress_bars, load_dataset

    disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        inferred = load_dataset("json", data_files=path, split="train", cache_dir=cache).features
        from datasets import Value

        features = Features({
            name: Value("string")
            if getattr(feature, "dtype", "").startswith(("timestamp", "date", "time"))
            else feature
            for name, feature in inferred.items()
        })
        return list(
            load_dataset("json", data_files=path, split="train", cache_dir=cache, features=features)
        )


def read_pandas(path: str) -> Any:
    import pandas

    return pandas.read_json(path, lines=True).to_dict("records")


def read_pandas_told(path: str) -> Any:
    import pandas

    table = pandas.read_json(path, lines=True, dtype=False, convert_dates=False)
    return table.to_dict("records")


def read_pyarrow(path: str) -> Any:
    import pyarrow.json

    return pyarrow.json.read_json(path).to_pylist()


def read_pyarrow_told(path: str) -> Any:
    import pyarrow
    import pyarrow.json

    schema = pyarrow.schema([(name, pyarrow.string()) for name in text_fields(path)])
    options = pyarrow.json.ParseOptions(explicit_schema=schema)
    return pyarrow.json.read_json(path, parse_options=options).to_pylist()


def read_polars(path: str) -> Any:
    import polars

    return polars.read_ndjson(path).to_dicts()


def read_polars_told(path: str) -> Any:
    import polars

    overrides = dict.fromkeys(text_fields(path), polars.String)
    return polars.read_ndjson(
        path, schema_overrides=overrides, infer_schema_length=None
    ).to_dicts()


def read_duckdb(path: str) -> Any:
    import duckdb

    return _rows(duckdb.connect().execute("SELECT * FROM read_json(?)", [path]))


def read_duckdb_told(path: str) -> Any:
    import duckdb

    call = (
        "SELECT * FROM read_json(?, format='newline_delimited', sample_size=-1, "
        "dateformat='-', timestampformat='-')"
    )
    return _rows(duckdb.connect().execute(call, [path]))


def _rows(cursor: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def text_fields(path: str) -> list[str]:
    """The fields that hold text in every document: what a user writes down who knows the data."""
    kinds: dict[str, set[type]] = {}
    try:
        for line in lines_of(path):
            for key, value in json.loads(line).items():
                kinds.setdefault(key, set()).add(type(value))
    except (ValueError, AttributeError, OSError, EOFError):
        return ["id", "text"]
    return [name for name, found in kinds.items() if found <= {str, type(None)} and str in found]


def read_frontmatter(path: str) -> Any:
    import frontmatter

    post = frontmatter.load(path)
    return [{"metadata": post.metadata, "body": post.content.strip("\r\n")}]


def read_mailbox(path: str) -> Any:
    import mailbox

    box = mailbox.mbox(path, create=False)
    try:
        return [
            {"from": message.get_from(), "headers": dict(message.items()), "body": _body(message)}
            for message in box
        ]
    finally:
        box.close()


def _body(message: Any) -> str:
    return str(message.get_payload(decode=True).decode("utf-8"))


def read_warcio(path: str) -> Any:
    from warcio.archiveiterator import ArchiveIterator

    with Path(path).open("rb") as file:
        return [
            {
                "type": record.rec_type,
                "id": record.rec_headers.get_header("WARC-Record-ID"),
                "uri": record.rec_headers.get_header("WARC-Target-URI"),
                "body": record.raw_stream.read(),
            }
            for record in ArchiveIterator(file, no_record_parse=True)
        ]


def read_fastwarc(path: str) -> Any:
    from fastwarc.warc import ArchiveIterator

    with Path(path).open("rb") as file:
        return [
            {
                "type": str(record.record_type),
                "id": record.headers.get("WARC-Record-ID"),
                "uri": record.headers.get("WARC-Target-URI"),
                "body": record.reader.read(),
            }
            for record in ArchiveIterator(file, parse_http=False)
        ]


TABLE = frozenset({ABSENT_IS_NULL})
SCRIPT = frozenset({ONE_NUMBER})

READERS: dict[str, Reader] = {
    "json": Reader("jsonl", "", "json.loads(line), the file opened as text", read_json),
    "orjson": Reader("jsonl", "orjson", "orjson.loads(line)", read_orjson),
    "msgspec": Reader("jsonl", "msgspec", "msgspec.json.decode(line)", read_msgspec),
    "datatrove": Reader("jsonl", "datatrove", "JsonlReader(folder)", read_datatrove),
    "datasets": Reader("jsonl", "datasets", 'load_dataset("json")', read_datasets, TABLE),
    "pandas": Reader("jsonl", "pandas", "read_json(path, lines=True)", read_pandas, TABLE),
    "pyarrow": Reader("jsonl", "pyarrow", "json.read_json(path)", read_pyarrow, TABLE),
    "polars": Reader("jsonl", "polars", "read_ndjson(path)", read_polars, TABLE),
    "duckdb": Reader("jsonl", "duckdb", "FROM read_json(path)", read_duckdb, TABLE),
    "datasets*": Reader("jsonl", "datasets", "features=…", read_datasets_told, TABLE, True),
    "pandas*": Reader("jsonl", "pandas", "dtype=False …", read_pandas_told, TABLE, True),
    "pyarrow*": Reader("jsonl", "pyarrow", "explicit_schema=…", read_pyarrow_told, TABLE, True),
    "polars*": Reader("jsonl", "polars", "schema_overrides=…", read_polars_told, TABLE, True),
    "duckdb*": Reader("jsonl", "duckdb", "dateformat='-' …", read_duckdb_told, TABLE, True),
    "python-frontmatter": Reader(
        "front-matter", "python-frontmatter", "frontmatter.load(path)", read_frontmatter
    ),
    "gray-matter": Reader("front-matter", "", "matter.read(path)", None, SCRIPT),
    "mailbox": Reader("mbox", "", "mailbox.mbox(path)", read_mailbox),
    "warcio": Reader("wet", "warcio", "ArchiveIterator(file)", read_warcio),
    "fastwarc": Reader("wet", "FastWARC", "ArchiveIterator(file)", read_fastwarc),
}


def outcome_of(read: Read, path: str) -> tuple[Any, str]:
    """The documents that a reader returns for a file, or the kind of its failure."""
    usual = sys.getrecursionlimit()
    try:
        documents = read(path)
        sys.setrecursionlimit(DEEP)  # what the reader read must not be beyond us
        return json.loads(encode([canonical(one) for one in documents])), ""
    except Exception as error:  # noqa: BLE001  (whatever a reader raises is its answer)
        return None, type(error).__name__
    finally:
        sys.setrecursionlimit(usual)


def main(name: str, listed: str, results: str) -> None:
    """Read every file of a list with one reader."""
    read = READERS[name].read
    assert read is not None
    with Path(results).open("a", encoding="ascii") as out:
        for path in Path(listed).read_text("utf-8").split("\n"):
            if not path:
                continue
            signal.alarm(LIMIT)
            documents, error = outcome_of(read, path)
            signal.alarm(0)
            out.write(json.dumps([path, documents, error]) + "\n")
            out.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
