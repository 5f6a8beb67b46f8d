"""What is proved of mails, treebanks, archives and tagged text, beside what `proof` has itself."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from validator.delimiters.divider import Divider
from validator.document import Document, Place
from validator.file.compression import bounds, packing_of
from validator.file.streams import Inflated
from validator.metadata.fields import fields
from validator.profile.resolve import Profile
from validator.text.lines import Window

from . import grammar_compressed
from .adapters_by_format import COLUMNS, behind_first_line, mail, sentence, token_as_written
from .format import Format
from .grammar_conllu import treebank
from .grammar_headers import headed
from .grammar_mbox import mbox
from .grammar_txtar import archive
from .grammar_warc import web_archive


def documents(data: bytes, profile: Profile) -> Iterator[Document]:
    """What a file is divided into."""
    items = Divider(profile.settings).divide([Window(data)], Place())
    return (item for item in items if isinstance(item, Document))


def our_mails(data: bytes, profile: Profile) -> list[Any]:
    """The mails of a file."""
    return [mail(behind_first_line(one.data)) for one in documents(data, profile)]


def our_sentences(data: bytes, profile: Profile) -> list[Any]:
    """The sentences of a file: what we read of their comments, and their cells."""
    found = []
    for one in documents(data, profile):
        told = {**_named_with_blanks(one), **fields(one, profile.settings)}
        rows = [line.split("\t") for line in one.text.decode().split("\n")]
        cells = [dict(zip(COLUMNS, row, strict=True)) for row in rows if len(row) == len(COLUMNS)]
        found.append(sentence(told, [token_as_written(row) for row in cells]))
    return found


def _named_with_blanks(one: Document) -> dict[str, str]:
    """Comments such as `# newdoc id = d1`: no fields of ours, as their name has a blank."""
    lines = (line[1:].partition("=") for line in one.head.decode().split("\n"))
    told = {key.strip(): value.strip() for key, _, value in lines}
    return {key: value for key, value in told.items() if " " in key}


def our_headers(data: bytes, profile: Profile) -> list[Any]:
    """The headers and the text of a file."""
    (one,) = documents(data, profile)
    headers = {name: [value] for name, value in fields(one, profile.settings).items()}
    return [{"headers": headers, "text": one.text.decode()}]


def our_records_within(data: bytes, profile: Profile) -> list[Any]:
    """The records of a compressed file, each as we expand it."""
    packing = packing_of(grammar_compressed.suffix(data).encode())
    assert packing
    with Inflated(BytesIO(data), packing, bounds(profile.settings)) as inner:
        return [json.loads(line) for line in inner.read(1 << 20).splitlines()]


def our_archive(data: bytes, profile: Profile) -> list[Any]:
    """The comment of an archive, and its files."""
    files = []
    size = 0
    for one in documents(data, profile):
        name = fields(one, profile.settings)["name"]
        files.append({"name": name, "text": ended(one.text)})
        size += len(one.data)
    return [{"comment": ended(data[: len(data) - size]), "files": files}]


def ended(text: bytes) -> str:
    """A text whose last line has an end."""
    return text.decode() + ("" if not text or text.endswith(b"\n") else "\n")


def our_web_archive(data: bytes, profile: Profile) -> list[Any]:
    """The records of a web archive."""
    found = []
    for one in documents(gzip.decompress(data) if data[:1] == b"\x1f" else data, profile):
        head = {name.lower(): value for name, value in fields(one, profile.settings).items()}
        body = {"$bytes": one.text.decode("latin-1")}
        told = {"type": "warc-type", "id": "warc-record-id", "uri": "warc-target-uri"}
        found.append({**{key: head.get(name) for key, name in told.items()}, "body": body})
    return found


FORMATS = (
    Format(
        "txtar",
        "txtar",
        ".txtar",
        archive,
        5000,
        (("go-txtar", "txtar"), ("txtar",)),
        our_archive,
    ),
    Format(
        "warc",
        "wet",
        ".warc.wet",
        web_archive,
        5000,
        (("warcio",), ("fastwarc",)),
        our_web_archive,
        suffix_of=lambda data: ".gz" if data[:1] == b"\x1f" else "",
    ),
    Format(
        "compressed",
        "jsonl",
        ".jsonl",
        grammar_compressed.compressed,
        5000,
        (
            ("gzip", "go-gzip", "node-zlib"),
            ("zlib", "ruby-zlib"),
            ("zstandard", "zstd"),
            ("pandas-typed",),
        ),
        our_records_within,
        suffix_of=grammar_compressed.suffix,
    ),
    Format(
        "mbox",
        "mbox",
        ".mbox",
        mbox,
        5000,
        (("mailbox",), ("mailbox", "git-mailsplit"), ("git-mailsplit", "formail")),
        our_mails,
        lambda data: data.count(b"\nFrom ") + 1,
    ),
    Format(
        "conllu",
        "conllu-sentences",
        ".conllu",
        treebank,
        5000,
        (("conllu",), ("pyconll",)),
        our_sentences,
        lambda data: data.count(b"\n\n"),
    ),
    Format(
        "headers",
        "headers",
        ".txt",
        headed,
        5000,
        (("email",), ("go-mail",), ("email-bytes", "go-mail")),
        our_headers,
    ),
)
