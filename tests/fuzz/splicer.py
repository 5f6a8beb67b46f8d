"""Documents made of the fixtures: cut, doubled and spliced, with tokens that are hostile."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from tests.hostile import BYTES, TEXTS
from tests.support import FIXTURES

TOKENS: tuple[bytes, ...] = (
    *(b"---\n", b"+++\n", b"...\n", b"\n\n", b"\r", b"\r\n", b"\0", b"\x1a", b"\xef\xbb\xbf"),
    *(b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\xbd", b"\xed\xb8\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80"),
    *(b"\xe9", b"\x80", b"\xe2\x82", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"BZh9", b"\xfd7zXZ\0"),
    *(b"[", b"]", b"{", b"}", b'"', b"'", b"\\", b"\\u0000", b"\\ud800", b"\\ud83d\\ude00", b"&a "),
    *(
        b"*a",
        b"!!str ",
        b"<<: ",
        b"? ",
        b": ",
        b"- ",
        b"| ",
        b"> ",
        b"#",
        b"%YAML 1.1\n",
        b"@",
        b"`",
    ),
    *(
        b"`",
        b"\t",
        b"1e-400",
        b"1e400",
        b"NaN",
        b"-0",
        b"0x" + b"f" * 40,
        b"9" * 400,
        b"9" * 5000,
        b"0o7",
    ),
    *(b"no", b"~", b"<|endoftext|>", b"<|im_start|>", b"<DOC>", b"</DOC>", b"From a@b 1 1970\n"),
    *(b"WARC/1.0\r\n", b"Content-Length: 9\r\n", b"Content-Length: -1\r\n", b"```\n", b"~~~\n"),
    *(b"<!--", b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n", b"[a](b)", b"![", b"](", b"<a:"),
    *(
        b"|a|b|\n|-|-|\n",
        b"version https://git-lfs.github.com/spec/v1\n",
        b"../",
        b"404: Not Found",
    ),
    *("caf\u00c3\u00a9 ".encode(), "\u0301".encode() * 9, "\u202e".encode(), "\u200b".encode()),
    *("\ufffd".encode(), "\u2028".encode(), "\ue000".encode(), "\U000e0041".encode()),
    *(text.encode("utf-8", "replace") for text in TEXTS if len(text) < 500),
    *BYTES,
)
MOST = 1 << 16
"""Bytes of a document."""


@cache
def fixtures() -> tuple[tuple[str, bytes], ...]:
    """Name and content of every small fixture, in order."""
    paths = sorted(path for path in FIXTURES.rglob("*") if _is_document(path))
    return tuple((path.name, path.read_bytes()) for path in paths if path.stat().st_size <= MOST)


def _is_document(path: Path) -> bool:
    return path.is_file() and path.suffix not in (".expect", ".fixed") and not path.is_symlink()


def spliced(random: Random) -> tuple[str, bytes]:
    """A name and a document, the same for the same state of `random`."""
    name, data = random.choice(fixtures())
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        data = random.choice(_WAYS)(data, random)
    return name, data[:MOST]


def _cut(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + data[at + random.choice((1, 2, 9, 99)) :]


def _put(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(TOKENS) * random.choice((1, 1, 1, 2, 40)) + data[at:]


def _put_at_lines(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    lines.insert(random.randrange(len(lines) + 1), random.choice(TOKENS))
    return b"".join(lines)


def _doubled(data: bytes, random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    part = data[start : start + random.choice((9, 99, 999))]
    return data[:start] + part * random.choice((2, 3, 20)) + data[start + len(part) :]


def _joined(data: bytes, random: Random) -> bytes:
    other = random.choice(fixtures())[1]
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


def _flipped(data: bytes, random: Random) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes((data[at] ^ 1 << random.randrange(8),)) + data[at + 1 :]


def _shuffled(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    random.shuffle(lines)
    return b"".join(lines)


_WAYS = (_cut, _put, _put, _put_at_lines, _put_at_lines, _doubled, _joined, _flipped, _shuffled)
