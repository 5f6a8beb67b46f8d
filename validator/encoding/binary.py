"""Recognises files that hold no text, by their first bytes.

Ask it only about bytes that are no clean text: `GIF89a is older than PNG` is a sentence. A
signature that reads as text must be followed by something that no text has; see `_WRITTEN`.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

from ..model import BlockingFlaw
from ..text.lazy_re import later
from .utf16 import Wide, wide

NUL_TAIL: Final = 16
"""So many NULs or more at the end of a file are a lost write; fewer are stray bytes."""

PARQUET_FILE: Final = "a Parquet file"

_SAMPLE: Final = 4096
_ENOUGH: Final = 256
_NOISE: Final = 0.08
"""Bytes with this share of control characters or more are no text. Random bytes have 12 %. Of all
encodings of text, UTF-16 without a byte order mark has most of them: below 6 %.
"""

_WIDE: Final = ("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")
_HOLE: Final = later(rb"\x00{%d,}" % NUL_TAIL)  # a lost write in a text is no noise
_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\n\x0c\r\x1b")) + b"\x7f"


class Binary(BlockingFlaw, frozen=True):
    """A file that holds no text. `kind` is its format in words, empty when that is unknown.

    `suffix` is the file name suffix of a compressed format (`.gz`), else empty.
    """

    kind: str
    suffix: str = ""


class NulFilled(BlockingFlaw, frozen=True):
    """`size` NULs from the byte `start` to the end of the file; the whole file if `start` is 0."""

    start: int
    size: int


# What the formats' own specifications say a file begins with: RFC 1952 (gzip), bzip2, .xz 2.1.1.1,
# RFC 8878 (zstd), APPNOTE.TXT 4.3 (zip), 7zFormat.txt, ISO 32000-1 7.5.2 (PDF), PNG 5.2,
# ISO 10918-1 B.1 (JPEG), GIF89a 17, parquet-format (then a Thrift field header), SQLite file
# format 1.3, ELF gABI, POSIX.1-1988 ustar, [MS-CFB] 2.2. PDF, GIF, Parquet, bzip2 and tar begin
# with letters, so their patterns ask for more: an object (PDF), controls in the screen size (GIF).
_WRITTEN: Final = (
    (rb"\x1f\x8b\x08", "gzip data", ".gz"),
    (rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", "bzip2 data", ".bz2"),
    (rb"\xfd7zXZ\x00", "xz data", ".xz"),
    (rb"\x28\xb5\x2f\xfd", "zstd data", ".zst"),
    (rb"PK(?:\x03\x04|\x05\x06)", "a zip archive (as .docx, .xlsx, .epub and .jar are)", ""),
    (rb"7z\xbc\xaf\x27\x1c", "a 7z archive", ""),
    (rb".{257}ustar(?:\x00|  \x00)", "a tar archive", ""),
    (rb"%PDF-[0-9]\.[0-9].{1,1024}?\b[0-9]+ [0-9]+ obj\b", "a PDF document", ""),
    (rb"\x89PNG\r\n\x1a\n", "a PNG image", ""),
    (rb"\xff\xd8\xff", "a JPEG image", ""),
    (rb"GIF8[79]a.{0,6}[\x00-\x08\x0e-\x1f]", "a GIF image", ""),
    (rb"PAR1\x15[\x00-\x08]", PARQUET_FILE, ""),
    (rb"SQLite format 3\x00", "an SQLite database", ""),
    (rb"\x7fELF[\x01\x02][\x01\x02]\x01", "an ELF program", ""),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document", ""),
)
_SIGNATURES: Final = tuple(
    (later(pattern, re.DOTALL), kind, suffix) for pattern, kind, suffix in _WRITTEN
)
_ANY_SIGNATURE: Final = later(b"|".join(pattern for pattern, *_ in _WRITTEN), re.DOTALL)
"""All signatures in one pattern, tried first: nearly every file has none of them."""


def recognise(head: bytes) -> Binary | Wide | None:
    """What a file that begins with `head` is, if it is no text; None if it may be text.

    `head` must not be clean text. UTF-16 and UTF-32 are recognised, too, as `Wide`: where they are
    mostly beyond ASCII, they have as many control bytes as noise (Cyrillic is U+04xx).
    """
    if _ANY_SIGNATURE.match(head):
        for signature, kind, suffix in _SIGNATURES:
            if signature.match(head):
                return Binary(kind, suffix)
    sample = head[:_SAMPLE]
    if b"\0" in sample:
        sample = _HOLE.sub(b"\0", sample)
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if len(sample) < _ENOUGH or controls < _NOISE * len(sample):
        return None
    sample = head[:_SAMPLE]
    if wide(sample):
        return None  # the stage that decodes reports it
    encoding = next((name for name in _WIDE if _reads_as(name, sample)), "")
    return Wide(encoding, b"") if encoding else Binary("")


def _reads_as(encoding: str, sample: bytes) -> bool:
    """Whether `sample` decodes to words: with blanks or line ends, and hardly an odd character.

    Odd are those that no text has: controls, unassigned, private use. Random bytes do not decode:
    every 32nd pair of them is a lone surrogate.
    """
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    ends = text.count(" ") + text.count("\n")
    odd = sum(unicodedata.category(character) in {"Cc", "Cn", "Co"} for character in text)
    odd -= text.count("\n") + text.count("\r") + text.count("\t")
    return ends > len(text) / 200 and odd < len(text) / 100
