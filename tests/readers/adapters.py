"""One small function a reader: the path of a file in, its documents out, as users call it.

This module runs in the environment of the readers, not in ours: it needs the standard library and
the one reader that it is asked for.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from .told import arrow_type, sql_type, told_fields


def lines_of(path: str) -> Iterator[bytes]:
    """The lines of a file as a program reads them that opens it in binary, `.gz` expanded."""
    if path.endswith(".gz"):
        with gzip.open(path) as file:
            yield from file
    else:
        with Path(path).open("rb") as file:
            yield from file


def text_lines_of(path: str) -> Iterator[str]:
    """The lines of a file as a program reads them that opens it as text."""
    if path.endswith(".gz"):
        with gzip.open(path, "rt", encoding="utf-8") as packed:
            yield from packed
    else:
        with Path(path).open(encoding="utf-8") as file:
            yield from file


def read_json(path: str) -> Any:
    return [json.loads(line) for line in text_lines_of(path)]


def read_orjson(path: str) -> Any:
    import orjson

    return [orjson.loads(line) for line in lines_of(path)]


def read_msgspec(path: str) -> Any:
    import msgspec

    return [msgspec.json.decode(line) for line in lines_of(path)]


def read_simdjson(path: str) -> Any:
    import simdjson

    return [simdjson.Parser().parse(line, True) for line in lines_of(path)]


def read_jq(path: str) -> Any:
    done = subprocess.run(["jq", "--compact-output", ".", path], capture_output=True, check=True)
    lines = done.stdout.split(b"\n")[:-1]
    return [json.loads(line, parse_int=lambda digits: int(float(digits))) for line in lines]


def read_datatrove(path: str) -> Any:
    from datatrove.pipeline.readers import JsonlReader

    documents = []
    for document in JsonlReader(str(Path(path).parent)).run():  # the file is alone in its folder
        metadata = {key: item for key, item in document.metadata.items() if key != "file_path"}
        documents.append({"id": document.id, "text": document.text, **metadata})
    return documents


def read_datasets(path: str) -> Any:
    from datasets import disable_progress_bars, load_dataset

    disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        loaded = load_dataset("json", data_files=path, split="train", cache_dir=cache)
        return list(loaded)


def read_pandas(path: str) -> Any:
    import pandas

    return pandas.read_json(path, lines=True).to_dict("records")


def read_pandas_told(path: str) -> Any:
    import pandas

    table = pandas.read_json(path, lines=True, dtype=False, convert_dates=False, precise_float=True)
    return table.to_dict("records")


def read_pyarrow(path: str) -> Any:
    import pyarrow.json

    return pyarrow.json.read_json(path).to_pylist()


def read_pyarrow_told(path: str) -> Any:
    import pyarrow
    import pyarrow.json

    told = told_fields(lines_of(path))
    schema = pyarrow.schema([(name, arrow_type(kind)) for name, kind in told.items()])
    options = pyarrow.json.ParseOptions(explicit_schema=schema)
    return pyarrow.json.read_json(path, parse_options=options).to_pylist()


def read_polars(path: str) -> Any:
    import polars

    return polars.read_ndjson(path).to_dicts()


def read_polars_told(path: str) -> Any:
    import polars

    told = told_fields(lines_of(path))
    overrides = {name: polars.String for name, kind in told.items() if kind == "text"}
    return polars.read_ndjson(path, schema_overrides=overrides, infer_schema_length=None).to_dicts()


def read_duckdb(path: str) -> Any:
    return _rows(_duckdb().execute("SELECT * FROM read_json(?)", [path]))


@cache
def _duckdb() -> Any:
    import duckdb

    return duckdb.connect(config={"threads": 1})  # small files: threads cost more than they do


def read_duckdb_told(path: str) -> Any:
    told = {name: sql_type(kind) for name, kind in told_fields(lines_of(path)).items()}
    database = _duckdb()
    guessed = database.execute("DESCRIBE FROM read_json(?, sample_size=-1)", [path]).fetchall()
    columns = {row[0]: row[1] for row in guessed} | told
    return _rows(database.execute("SELECT * FROM read_json(?, columns=?)", [path, columns]))


def _rows(cursor: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def read_frontmatter(path: str) -> Any:
    import frontmatter

    post = frontmatter.load(path)
    return [{"metadata": post.metadata, "body": post.content.strip("\r\n")}]


def read_mkdocs(path: str) -> Any:
    import yaml
    from mkdocs.utils.meta import YAML_RE, SafeLoader, get_data

    text = Path(path).read_text("utf-8-sig")
    body, data = get_data(text)
    if not data and (match := YAML_RE.match(text)):
        yaml.load(match[1], SafeLoader)  # MkDocs takes an error for no metadata
    return [{"metadata": data, "body": body.strip("\r\n")}]


HUGO = '{{ dict "p" .Params "c" .RawContent "e" (eq .Content "") | jsonify }}'


HUGO_CONFIG = """disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "404"]
baseURL = "https://a.example/"
"""


def read_hugo(path: str) -> Any:
    """One page of a site of its own."""
    return read_hugo_many([path])[path]


def read_hugo_many(paths: list[str]) -> dict[str, Any]:
    """The pages of a site, by path. A page that Hugo refuses ends the run: it is taken out."""
    pages = _hugo_site(paths)
    if pages is not None:
        return pages
    if len(paths) == 1:
        return dict.fromkeys(paths)
    middle = len(paths) // 2
    return read_hugo_many(paths[:middle]) | read_hugo_many(paths[middle:])


def _hugo_site(paths: list[str]) -> dict[str, Any] | None:
    """The pages of a site by path; None where Hugo gives up and does not say at which."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for name in ("content", "layouts/_default"):
            (site / name).mkdir(parents=True)
        (site / "config.toml").write_text(HUGO_CONFIG)
        (site / "layouts/_default/single.html").write_text(HUGO)
        names = {f"p{number}": path for number, path in enumerate(paths)}
        for name, path in names.items():
            (site / "content" / f"{name}.md").write_bytes(Path(path).read_bytes())
        command = ["hugo", "--quiet", "--source", folder, "--destination", "public"]
        while names:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                break
            bad = {*re.findall(r"content/(p[0-9]+)\.md", done.stderr + done.stdout)} & names.keys()
            if not bad:
                return None
            for name in bad:
                found[names.pop(name)] = None
                (site / "content" / f"{name}.md").unlink()
        for name, path in names.items():
            page = site / "public" / name / "index.html"
            found[path] = _hugo_page(json.loads(page.read_text("utf-8"))) if page.exists() else []
    return found


def _hugo_page(page: Any) -> Any:
    """The fields that a page has of its own, and its text."""
    fields = {
        key: value for key, value in page["p"].items() if key not in ("iscjklanguage", "draft")
    }
    is_block = page["e"] and page["c"].startswith("---")  # of a file that ends with its fence
    return [{"metadata": fields, "body": "" if is_block else page["c"].strip("\r\n")}]


def read_mailbox(path: str) -> Any:
    import mailbox

    box = mailbox.mbox(path, create=False)
    try:
        return [
            {
                "mail": box.get_bytes(key).decode("latin-1").rstrip("\r\n"),
                "headers": {name: unfolded(str(text)) for name, text in message.items()},
            }
            for key, message in box.items()
        ]
    finally:
        box.close()


def unfolded(text: str) -> str:
    """A header without the line ends of its folds, which `mailbox` leaves to its caller."""
    return re.sub(r"\r?\n(?=[ \t])", "", text)


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
