"""Files of WET (WARC): right ones, and one for each fault that readers answer differently."""

from __future__ import annotations

from typing import Any

from .case import Case, packed

Record = dict[str, Any]


def record(number: int, text: str = "") -> Record:
    """What a reader should return for a record."""
    return {
        "type": "conversion",
        "id": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>",
        "uri": f"https://example.org/{number}",
        "body": {"$bytes": (text or f"Text of page {number}.\n").encode().decode("latin-1")},
    }


def written(one: Record, *, length: int | None = None, version: bytes = b"WARC/1.0") -> bytes:
    """A record as a careful program writes it."""
    body: bytes = one["body"]["$bytes"].encode("latin-1")
    head = (
        f"WARC-Type: {one['type']}\r\nWARC-Target-URI: {one['uri']}\r\n"
        f"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Record-ID: {one['id']}\r\n"
        f"Content-Type: text/plain\r\nContent-Length: {len(body) if length is None else length}\r\n"
    )
    return version + b"\r\n" + head.encode() + b"\r\n" + body + b"\r\n\r\n"


def joined(records: list[Record]) -> bytes:
    """Records, one after the other."""
    return b"".join(map(written, records))


def members(records: list[Record]) -> bytes:
    """Records, each a gzip member of its own, as the standard recommends."""
    return b"".join(packed(written(one)) for one in records)


def right(name: str, what: str, meant: list[Record], data: bytes, suffix: str = "") -> Case:
    """A file that should pass."""
    return Case("wet", name, what, data, meant, (), suffix)


def wrong(
    name: str, what: str, data: bytes, meant: list[Record], *rules: str, suffix: str = ""
) -> Case:
    """A file with a fault."""
    return Case("wet", name, what, data, meant, rules, suffix)


FIVE = [record(number) for number in range(5)]
PLAIN = joined(FIVE)
GZ = ".warc.wet.gz"
CLOSED = members(FIVE)
WORLD = [record(0, "数据。\n"), record(1, "Ärger im Café.\n"), record(2, "👩‍🔬")]


def third(data: bytes) -> bytes:
    """The five records with other bytes for the third."""
    return joined(FIVE[:2]) + data + joined(FIVE[3:])


def swap(old: bytes, new: bytes, data: bytes = PLAIN) -> bytes:
    """The five records with one thing replaced."""
    assert old in data
    return data.replace(old, new, 1)


THIRD = written(FIVE[2])
INFO = record(9, "Software: made by hand\r\n") | {"type": "warcinfo"}
RIGHT = [
    right("plain", "five records", FIVE, PLAIN),
    right("one-record", "one record", FIVE[:1], joined(FIVE[:1])),
    right("scripts", "texts beyond ASCII, the length in bytes", WORLD, joined(WORLD)),
    right("blank-lines", "blank lines in a text", [record(0, "a\r\n\r\n\r\nb\n\n"), *FIVE[1:]], joined([record(0, "a\r\n\r\n\r\nb\n\n"), *FIVE[1:]])),
    right("warc-in-text", "a text with the line `WARC/1.0`", [record(0, "x\r\n\r\nWARC/1.0\r\ny\n"), *FIVE[1:]], joined([record(0, "x\r\n\r\nWARC/1.0\r\ny\n"), *FIVE[1:]])),
    right("no-final-newline-in-text", "a text without a line end", [record(0, "x"), *FIVE[1:]], joined([record(0, "x"), *FIVE[1:]])),
    right("long-text", "a text of 1 MB", [record(0, "line\n" * 200_000), *FIVE[1:]], joined([record(0, "line\n" * 200_000), *FIVE[1:]])),
    right("many-records", "1000 records", [record(n) for n in range(1000)], joined([record(n) for n in range(1000)])),
    right("warcinfo", "a record about the file first", [INFO, *FIVE], joined([INFO, *FIVE])),
    right("header-order", "headers in another order", FIVE, third(THIRD.replace(b"Content-Type: text/plain\r\n", b"").replace(b"WARC-Type", b"Content-Type: text/plain\r\nWARC-Type"))),
    right("version-1.1", "WARC/1.1", FIVE, PLAIN.replace(b"WARC/1.0", b"WARC/1.1")),
    right("gzip", "a gzip member a record", FIVE, CLOSED, GZ),
    right("gzip-many", "1000 gzip members", [record(n) for n in range(1000)], members([record(n) for n in range(1000)]), GZ),
]  # fmt: skip
WRONG = [
    wrong("cut-text", "cut within the last text", PLAIN[:-12], FIVE, "cut-record-frame", "missing-length"),
    wrong("cut-headers", "cut within the last headers", PLAIN[:-100], FIVE, "cut-record-frame", "missing-length"),
    wrong("cut-end", "the last CR LF CR LF is not there", PLAIN[:-4], FIVE, "cut-record-frame", "missing-length"),
    wrong("cut-half-end", "the last CR LF is not there", PLAIN[:-2], FIVE, "cut-record-frame", "missing-length"),
    wrong("gzip-cut", "gzip, cut within a member", CLOSED[:-60], FIVE, "truncated-stream", suffix=GZ),
    wrong("gzip-cut-trailer", "gzip, cut within its checksum", CLOSED[:-4], FIVE, "truncated-stream", suffix=GZ),
    wrong("gzip-member-missing", "gzip, the last member is not there", members(FIVE[:4]), FIVE[:4], suffix=GZ),
    wrong("one-member", "all records in one gzip member", packed(PLAIN), FIVE, "shared-member", suffix=GZ),
    wrong("two-records-a-member", "two records in a gzip member", packed(joined(FIVE[:2])) + packed(joined(FIVE[2:])), FIVE, "shared-member", suffix=GZ),
    wrong("record-over-members", "a record over two gzip members", packed(PLAIN[:300]) + packed(PLAIN[300:]), FIVE, "shared-member", suffix=GZ),
    wrong("gzip-tail", "gzip, and bytes after it", CLOSED + b"tail", FIVE, "trailing-garbage", suffix=GZ),
    wrong("gzip-zeros", "gzip, and NULs after it", CLOSED + bytes(16), FIVE, "trailing-garbage", suffix=GZ),
    wrong("gzip-checksum", "a member with a wrong checksum", packed(written(FIVE[0]))[:-8] + b"\1\2\3\4" + packed(written(FIVE[0]))[-4:] + members(FIVE[1:]), FIVE, "damaged-stream", suffix=GZ),
    wrong("gzip-named-plain", "gzip that is not named so", CLOSED, FIVE, "compressed-file", "false-suffix", "binary-file"),
    wrong("plain-named-gzip", "WET that is named gzip", PLAIN, FIVE, "false-suffix", "damaged-stream", suffix=GZ),
    wrong("length-too-large", "a length that is 5 too large", third(written(FIVE[2], length=23)), FIVE, "wrong-length"),
    wrong("length-large-by-4", "a length that is 4 too large", third(written(FIVE[2], length=20)), FIVE, "wrong-length"),
    wrong("length-too-small", "a length that is 5 too small", third(written(FIVE[2], length=11)), FIVE, "wrong-length"),
    wrong("length-beyond-file", "a length beyond the end", third(written(FIVE[2], length=10**7)), FIVE, "wrong-length"),
    wrong("length-in-characters", "a length in characters", joined([WORLD[1]]).replace(b"Content-Length: 17", b"Content-Length: 15") + joined(FIVE), [WORLD[1], *FIVE], "wrong-length"),
    wrong("length-not-a-number", "a length that is a word", third(THIRD.replace(b"Length: 16", b"Length: many")), FIVE, "missing-length", "malformed-header"),
    wrong("length-negative", "a length below zero", third(THIRD.replace(b"Length: 16", b"Length: -16")), FIVE, "missing-length", "malformed-header"),
    wrong("length-plus", "a length `+16`", third(THIRD.replace(b"Length: 16", b"Length: +16")), FIVE, "missing-length", "malformed-header"),
    wrong("length-missing", "no length", third(THIRD.replace(b"Content-Length: 16\r\n", b"")), FIVE, "missing-length"),
    wrong("length-twice", "two lengths", third(THIRD.replace(b"Content-Length: 16\r\n", b"Content-Length: 16\r\nContent-Length: 3\r\n")), FIVE, "duplicate-key"),
    wrong("type-missing", "no WARC-Type", third(THIRD.replace(b"WARC-Type: conversion\r\n", b"")), FIVE, "missing-field"),
    wrong("type-unknown", "a type that the standard does not know", third(THIRD.replace(b"conversion", b"converted")), [*FIVE[:2], FIVE[2] | {"type": "converted"}, *FIVE[3:]], "value-not-allowed"),
    wrong("type-upper", "`Conversion`", third(THIRD.replace(b": conversion", b": Conversion")), FIVE, "value-not-allowed"),
    wrong("id-missing", "no WARC-Record-ID", third(THIRD.replace(b"WARC-Record-ID: " + FIVE[2]["id"].encode() + b"\r\n", b"")), [*FIVE[:2], FIVE[2] | {"id": None}, *FIVE[3:]], "missing-field"),
    wrong("uri-twice", "two addresses", third(THIRD.replace(b"WARC-Date", b"WARC-Target-URI: https://x.example\r\nWARC-Date")), FIVE, "duplicate-key"),
    wrong("uri-in-angles", "an address in `<` and `>` (WARC 1.0's grammar)", third(THIRD.replace(b"https://example.org/2", b"<https://example.org/2>")), FIVE, "disputed-header"),
    wrong("header-case", "names of headers in lower case", third(THIRD.replace(b"WARC-T", b"warc-t").replace(b"Content-Length", b"content-length")), FIVE, "missing-field"),
    wrong("folded-header", "a header over two lines", third(THIRD.replace(b"URI: https", b"URI:\r\n https")), FIVE, "folded-header"),
    wrong("blank-before-colon", "a blank before a colon", third(THIRD.replace(b"Target-URI:", b"Target-URI :")), FIVE, "malformed-header"),
    wrong("no-blank-after-colon", "no blank after a colon", third(THIRD.replace(b"Target-URI: ", b"Target-URI:")), FIVE, "malformed-header"),
    wrong("no-colon", "a header without a colon", third(THIRD.replace(b"Content-Type: text", b"Content-Type text")), FIVE, "malformed-header"),
    wrong("utf-8-header", "UTF-8 in an address", third(THIRD.replace(b"org/2", "org/é".encode())), [*FIVE[:2], FIVE[2] | {"uri": "https://example.org/é"}, *FIVE[3:]], "non-ascii-header"),
    wrong("latin-1-header", "a byte of Latin-1 in an address", third(THIRD.replace(b"org/2", b"org/\xe9")), [*FIVE[:2], FIVE[2] | {"uri": "https://example.org/é"}, *FIVE[3:]], "legacy-encoding", "invalid-utf8"),
    wrong("latin-1-text", "a byte of Latin-1 in a text", third(THIRD.replace(b"Text of", b"Caf\xe9 of")), [*FIVE[:2], FIVE[2] | {"body": {"$bytes": "Caf\xe9 of page 2.\n"}}, *FIVE[3:]], "legacy-encoding", "invalid-utf8"),
    wrong("lf-headers", "headers end in LF", PLAIN.replace(b"\r\n", b"\n"), FIVE, "wrong-newline", "wrong-length"),
    wrong("lf-one-record", "headers of one record end in LF", third(THIRD.replace(b"\r\n", b"\n")), FIVE, "wrong-newline", "wrong-length"),
    wrong("no-blank-after-headers", "no blank line after the headers", third(THIRD.replace(b"\r\n\r\nText", b"\r\nText")), FIVE, "malformed-header", "unclosed-metadata-block"),
    wrong("no-end-of-record", "no CR LF CR LF after a record", third(THIRD[:-4]), FIVE, "wrong-length"),
    wrong("half-end-of-record", "one CR LF after a record", third(THIRD[:-2]), FIVE, "wrong-length"),
    wrong("more-end-of-record", "three CR LF after a record", third(THIRD + b"\r\n"), FIVE, "wrong-length"),
    wrong("text-between", "text between two records", third(THIRD + b"made by hand\r\n"), FIVE, "text-outside-documents"),
    wrong("text-first", "text before the first record", b"made by hand\r\n" + PLAIN, FIVE, "text-outside-documents"),
    wrong("blank-first", "a blank line before the first record", b"\r\n" + PLAIN, FIVE, "late-first-marker"),
    wrong("byte-order-mark", "a byte-order mark", b"\xef\xbb\xbf" + PLAIN, FIVE, "byte-order-mark"),
    wrong("version-lower", "`warc/1.0`", third(THIRD.replace(b"WARC/1.0", b"warc/1.0")), FIVE, "near-miss-marker", "text-outside-documents"),
    wrong("version-0.18", "WARC/0.18", third(THIRD.replace(b"WARC/1.0", b"WARC/0.18")), FIVE, "near-miss-marker", "text-outside-documents"),
    wrong("version-2.0", "WARC/2.0", third(THIRD.replace(b"WARC/1.0", b"WARC/2.0")), FIVE, "near-miss-marker", "text-outside-documents"),
    wrong("version-none", "`WARC` alone", third(THIRD.replace(b"WARC/1.0", b"WARC")), FIVE, "near-miss-marker", "text-outside-documents"),
    wrong("version-missing", "a record without its first line", third(THIRD.replace(b"WARC/1.0\r\n", b"")), FIVE, "text-outside-documents"),
    wrong("empty-text", "a text of no bytes", third(written(record(2) | {"body": {"$bytes": ""}})), [*FIVE[:2], FIVE[2] | {"body": {"$bytes": ""}}, *FIVE[3:]], "missing-body"),
    wrong("nul-in-text", "a NUL in a text", third(written(record(2, "x\0y\n"))), [*FIVE[:2], record(2, "x\0y\n"), *FIVE[3:]], "nul-byte"),
    wrong("empty-file", "no byte at all", b"", [], "empty-file"),
    wrong("empty-gzip", "gzip of nothing", packed(b""), [], "empty-file", suffix=GZ),
]  # fmt: skip
CASES = [*RIGHT, *WRONG]
