"""The readers: what each is called, how it is called, and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from . import adapter_pandoc, adapters, adapters_by_format, adapters_compressed
from .canonical import ABSENT_IS_NULL, LIFTS, NO_HEADERS

PINS = (
    "datasets==5.2.0",
    "datatrove==0.10.1",
    "conllu==6.0.0",
    "duckdb==2.0.0",
    "fastwarc==2.0.1",
    "mkdocs==1.6.1",
    "msgspec==0.22.0",
    "orjson==3.13.0",
    "pandas==3.1.1",
    "polars==2.1.0",
    "pyarrow==26.0.1",
    "pyconll==3.3.1",
    "pysimdjson==7.0.2",
    "python-frontmatter==1.3.0",
    "pytz",  # duckdb wants it for moments with a zone
    "txtar==0.1.1",
    "udapi==0.5.2",
    "warcio==1.8.1",
    "zstandard==0.25.0",
)
SCRIPT_PINS = (
    "@11ty/eleventy@3.1.8",
    "front-matter@4.0.2",
    "gray-matter@4.0.3",
    "mbox-reader@1.2.0",
    "node-mbox@2.0.0",
    "vfile@6.0.3",
    "vfile-matter@5.0.1",
)
DEBIAN = (
    "ruby",
    "jekyll",
    "hugo",
    "pandoc",
    "procmail",
    "jq",
    "golang-go",
    "golang-golang-x-tools-dev",
)
"""Packages of Debian that hold readers; those of them that are not there are not asked."""


class Reader(NamedTuple):
    """A reader. `read` is None for one that another language runs: that of `worker.SUFFIX`.

    One that is not `in_cases` is asked in proofs alone.
    """

    format: str
    call: str
    read: Callable[[str], Any] | None
    traits: frozenset[str] = frozenset()
    guesses: bool = False  # it infers fields and types from what the first documents look like
    told: bool = False  # it is told which fields are text
    suffix: str = "js"
    in_cases: bool = True
    many: Callable[[list[str]], Any] | None = None  # reads them all at once


TABLE = frozenset({ABSENT_IS_NULL})

READERS: dict[str, Reader] = {
    "json": Reader(
        "jsonl", "`json.loads(line)` for each line of the file, opened as text", adapters.read_json
    ),
    "orjson": Reader("jsonl", "`orjson.loads(line)` for each line", adapters.read_orjson),
    "simdjson": Reader("jsonl", "`Parser().parse(line)`", adapters.read_simdjson, in_cases=False),
    "node": Reader("jsonl", "`JSON.parse(line)`", None, in_cases=False),
    "go": Reader("jsonl", "`json.NewDecoder(file)`", None, suffix="go", in_cases=False),
    "go-scanner": Reader("jsonl", "`bufio.NewScanner(file)`", None, suffix="go", in_cases=False),
    "jq": Reader("jsonl", "`jq .`", adapters.read_jq, in_cases=False),
    "msgspec": Reader("jsonl", "`msgspec.json.decode(line)` for each line", adapters.read_msgspec),
    "datatrove": Reader(
        "jsonl", "`JsonlReader(folder)`", adapters.read_datatrove, frozenset({LIFTS})
    ),
    "datasets": Reader(
        "jsonl", '`load_dataset("json", data_files=path)`', adapters.read_datasets, TABLE, True
    ),
    "pandas": Reader(
        "jsonl", "`pandas.read_json(path, lines=True)`", adapters.read_pandas, TABLE, True
    ),
    "pyarrow": Reader(
        "jsonl", "`pyarrow.json.read_json(path)`", adapters.read_pyarrow, TABLE, True
    ),
    "polars": Reader("jsonl", "`polars.read_ndjson(path)`", adapters.read_polars, TABLE, True),
    "duckdb": Reader("jsonl", "`FROM read_json(path)`", adapters.read_duckdb, TABLE, True),
    "pandas-typed": Reader(
        "jsonl",
        "`pandas.read_json(path, lines=True, dtype=False, convert_dates=False, "
        "precise_float=True)`",
        adapters.read_pandas_told,
        TABLE,
        told=True,
    ),
    "pyarrow-typed": Reader(
        "jsonl",
        "`pyarrow.json.read_json(path, parse_options=ParseOptions(explicit_schema=…))`",
        adapters.read_pyarrow_told,
        TABLE,
        told=True,
    ),
    "polars-typed": Reader(
        "jsonl",
        "`polars.read_ndjson(path, schema_overrides=…, infer_schema_length=None)`",
        adapters.read_polars_told,
        TABLE,
        told=True,
    ),
    "duckdb-typed": Reader(
        "jsonl",
        "`FROM read_json(path, columns=…)`",
        adapters.read_duckdb_told,
        TABLE,
        told=True,
    ),
    "python-frontmatter": Reader(
        "front-matter", "`frontmatter.load(path)`", adapters.read_frontmatter
    ),
    "gray-matter": Reader("front-matter", "`matter.read(path)`", None),
    "front-matter": Reader("front-matter", "`fm(text)`", None, in_cases=False),
    "vfile-matter": Reader("front-matter", "`matter(file)`", None, in_cases=False),
    "eleventy": Reader("front-matter", "`matter(text)`", None, in_cases=False),
    "jekyll": Reader("front-matter", "`Jekyll::Page.new`", None, suffix="rb", in_cases=False),
    "hugo": Reader(
        "front-matter", "`hugo`", adapters.read_hugo, in_cases=False, many=adapters.read_hugo_many
    ),
    "pandoc": Reader(
        "front-matter", "`pandoc --from markdown`", adapter_pandoc.read_pandoc, in_cases=False
    ),
    "mkdocs": Reader("front-matter", "`get_data(text)`", adapters.read_mkdocs, in_cases=False),
    "mailbox": Reader("mbox", "`mailbox.mbox(path)`", adapters.read_mailbox),
    "git-mailsplit": Reader(
        "mbox",
        "`git mailsplit --keep-cr -o DIR FILE`",
        adapters_by_format.read_git_mailsplit,
        in_cases=False,
    ),
    "formail": Reader(
        "mbox", "`formail -b -s PROGRAM`", adapters_by_format.read_formail, in_cases=False
    ),
    "conllu": Reader(
        "conllu", "`parse_incr(file)`", adapters_by_format.read_conllu, in_cases=False
    ),
    "pyconll": Reader(
        "conllu", "`load_from_file(path)`", adapters_by_format.read_pyconll, in_cases=False
    ),
    "udapi": Reader("conllu", "`load_conllu(path)`", adapters_by_format.read_udapi, in_cases=False),
    "email": Reader(
        "headers", "`message_from_file(file)`", adapters_by_format.read_email, in_cases=False
    ),
    "email-bytes": Reader(
        "headers",
        "`message_from_binary_file(file)`",
        adapters_by_format.read_email_bytes,
        in_cases=False,
    ),
    "go-mail": Reader("headers", "`mail.ReadMessage`", None, suffix="go", in_cases=False),
    "gzip": Reader(
        "compressed", "`gzip.open(path)`", adapters_compressed.read_gzip, in_cases=False
    ),
    "zlib": Reader(
        "compressed", "`zlib.decompress(data, 31)`", adapters_compressed.read_zlib, in_cases=False
    ),
    "lzma": Reader(
        "compressed", "`lzma.open(path)`", adapters_compressed.read_lzma, in_cases=False
    ),
    "zstandard": Reader(
        "compressed",
        "`ZstdDecompressor().decompress(data)`",
        adapters_compressed.read_zstandard,
        in_cases=False,
    ),
    "gunzip": Reader(
        "compressed", "`gzip -dc FILE`", adapters_compressed.read_gunzip, in_cases=False
    ),
    "zstd": Reader("compressed", "`zstd -dc FILE`", adapters_compressed.read_zstd, in_cases=False),
    "xz": Reader("compressed", "`xz -dc FILE`", adapters_compressed.read_xz, in_cases=False),
    "go-gzip": Reader("compressed", "`gzip.NewReader`", None, suffix="go", in_cases=False),
    "node-zlib": Reader("compressed", "`zlib.gunzipSync(data)`", None, in_cases=False),
    "ruby-zlib": Reader(
        "compressed", "`Zlib::GzipReader.open(path)`", None, suffix="rb", in_cases=False
    ),
    "go-txtar": Reader("txtar", "`txtar.ParseFile(path)`", None, suffix="go", in_cases=False),
    "txtar": Reader("txtar", "`TxTar.parse(text)`", adapters_by_format.read_txtar, in_cases=False),
    "mbox-reader": Reader("mbox", "`mboxReader(stream)`", None, frozenset({NO_HEADERS})),
    "node-mbox": Reader("mbox", "`MboxStream(stream)`", None, frozenset({NO_HEADERS})),
    "warcio": Reader("wet", "`ArchiveIterator(file, no_record_parse=True)`", adapters.read_warcio),
    "fastwarc": Reader("wet", "`ArchiveIterator(file, parse_http=False)`", adapters.read_fastwarc),
}
