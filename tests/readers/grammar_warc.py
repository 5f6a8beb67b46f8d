"""Files of WARC records, with headers, lengths and ends of records that readers dispute."""

from __future__ import annotations

import gzip

from .grammar import Chance, sentence

ODD = [
    "warc-type: conversion", "WARC-Type : conversion", "WARC-Type: Conversion", "WARC-Type: response", "WARC-Type:conversion",
    "WARC-Target-URI: <https://example.org/a>", "WARC-Target-URI: https://example.org/é", "WARC-Target-URI:\r\n https://a.example",
    "WARC-Target-URI: https://example.org/a b", "X-Note: a", "X-Note:", "X-Note: a: b", "no colon", "WARC-Date: 2024",
    "Content-Type: text/plain; charset=utf-8", "Content-Type: application/http", "WARC-Identified-Content-Language: eng,deu",
    "WARC-Block-Digest: sha1:ABC", "X-Note: a ", "X-Note: a\t", "X-Note:  a", "X-Note: =?utf-8?q?=C3=A9?=", "WARC-Truncated: length",
    "WARC-Target-URI: <https://example.org/a", "WARC-Target-URI: ", "Transfer-Encoding: chunked", "Content-Encoding: gzip",
]  # fmt: skip
LINES = [
    "",
    "WARC/1.0",
    "WARC/1.0\r",
    "\r",
    "Content-Length: 3",
    "HTTP/1.1 200 OK\r",
    "<html>",
    "é 日本",
    " a ",
    "\t",
]


def _body(chance: Chance) -> str:
    lines = [
        chance.choice(LINES) if chance.random() < 0.3 else sentence(chance)
        for _ in range(chance.choice((0, 1, 1, 2, 5)))
    ]
    return "\n".join(lines) + chance.choice(("", "\n", "\n", "\n", "\r\n", "\r\n\r\n"))


def _record(chance: Chance, number: int) -> bytes:
    body = _body(chance).encode()
    size = len(body) + (chance.choice((-4, -1, 1, 4, 900)) if chance.random() < 0.01 else 0)
    headers = [
        f"WARC-Type: {'warcinfo' if number == 0 and chance.random() < 0.3 else 'conversion'}",
        f"WARC-Target-URI: https://example.org/{number}",
        "WARC-Date: 2024-01-01T00:00:00Z",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>",
        f"Content-Length: {size}",
    ]
    if chance.random() < 0.7:
        headers.insert(4, "Content-Type: text/plain")
    if chance.random() < 0.1:
        del headers[chance.choice((1, 1, 1, 0, 2, 3))]
    if chance.random() < 0.15:
        odd = chance.choice(ODD)
        name = odd.partition(":")[0].strip().lower()
        headers = [one for one in headers if not one.lower().startswith(name)] + [odd]
    if chance.random() < 0.2:
        chance.shuffle(headers)
    version = chance.choice(("WARC/1.0",) * 30 + ("WARC/1.1",) * 5 + ("warc/1.0", "WARC/0.18"))
    end = chance.choice(("\r\n\r\n",) * 60 + ("\r\n", "\n\n", "\r\n\r\n\r\n", ""))
    head = "\r\n".join([version, *headers]) + "\r\n\r\n"
    if chance.random() < 0.01:
        head = head.replace("\r\n", "\n")
    return head.encode() + body + end.encode()


def web_archive(chance: Chance) -> bytes:
    """A file of some records, each a member of gzip where it is compressed."""
    records = [_record(chance, number) for number in range(chance.choice((1, 1, 2, 3)))]
    kind = chance.random()
    if kind < 0.3:
        return b"".join(gzip.compress(one, mtime=0) for one in records)
    if kind < 0.32:
        return gzip.compress(b"".join(records), mtime=0)
    return chance.choice((b"",) * 60 + (b"\r\n", b"\n")) + b"".join(records)
