"""The faults of the demonstration: how the bytes of a file are changed, and which rule finds it."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Final

from msgspec import Struct

from .clean_files import ARCHIVE, LETTERS, PAGES, TRAINING, File

CODE_PAGES: Final[Mapping[str, str]] = {
    "ar": "cp1256", "de": "cp1252", "el": "cp1253", "es": "cp1252", "fr": "cp1252", "it": "cp1252",
    "ja": "cp932", "pl": "cp1250", "pt": "cp1252", "ru": "cp1251", "zh": "gb18030",
}  # fmt: skip
"""The encodings that were usual for these languages before UTF-8."""


class Fault(Struct, frozen=True):
    """A kind of fault: the code of the rule that must find it, where it is planted, how it is made.

    It is planted in `count` files of `folder`. `make` takes a clean file and gives its bytes with
    the fault. `languages` are the languages of files that it fits; empty means all.
    """

    code: str
    folder: str
    count: int
    make: Callable[[File], bytes]
    languages: tuple[str, ...] = ()

    def fits(self, file: File) -> bool:
        """Whether the fault can be made in this file."""
        known = not self.languages or file.language in self.languages
        return known and file.folder == self.folder


def _legacy(file: File) -> bytes:
    return file.data.decode().encode(CODE_PAGES[file.language])


def _mangled(file: File) -> bytes:
    """UTF-8 read as Latin-1 and saved again."""
    return file.data.decode("latin-1").encode()


def _pointer(file: File) -> bytes:
    """A pointer of Git LFS, which stands in the place of a file that was not fetched."""
    digest = sha256(file.data).hexdigest()
    size = len(file.data)
    text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {size}\n"
    return text.encode()


def _conflict(file: File) -> bytes:
    first, rest = file.data.split(b"\n\n", 1)
    return b"<<<<<<< HEAD\n%b\n=======\n%b again\n>>>>>>> theirs\n\n%b" % (first, first, rest)


def _after_first_word(what: bytes) -> Callable[[File], bytes]:
    """Puts bytes into the text of a letter, behind the first word of its body."""

    def make(file: File) -> bytes:
        head, rest = file.data.split(b"\n\n", 1)
        number, body = rest.split(b" ", 1)
        word, tail = body.split(b" ", 1)
        return b"%b\n\n%b %b%b %b" % (head, number, word, what, tail)

    return make


def _replaced(old: bytes, new: bytes) -> Callable[[File], bytes]:
    return lambda file: file.data.replace(old, new, 1)


def _line(number: int, change: Callable[[bytes], bytes]) -> Callable[[File], bytes]:
    """Changes one line of a file, counted from 0; `change` gets it with its line end."""

    def make(file: File) -> bytes:
        lines = file.data.split(b"\n")
        lines[number] = change(lines[number] + b"\n").removesuffix(b"\n")
        return b"\n".join(lines)

    return make


def _fused(file: File) -> bytes:
    """Two records on one line."""
    lines = file.data.split(b"\n")
    lines[20:22] = [lines[20] + lines[21]]
    return b"\n".join(lines)


def _not_a_number(line: bytes) -> bytes:
    before, _, rest = line.partition(b'"score": ')
    return before + b'"score": NaN' + rest[1:]


LATIN: Final = ("de", "es", "fr", "it", "pt")
SPACED: Final = ("de", "en", "es", "fr", "it", "pt")

FAULTS: Final = (
    Fault("ENC005", LETTERS, 33, _legacy, tuple(CODE_PAGES)),
    Fault("ENC001", LETTERS, 8, _after_first_word(b"\xe9"), LATIN),
    Fault("ENC002", LETTERS, 3, lambda file: file.data[:-2], ("zh", "ja")),
    Fault("ENC006", LETTERS, 6, lambda file: file.data.decode().encode("utf-16")),
    Fault("ENC101", LETTERS, 12, lambda file: codecs.BOM_UTF8 + file.data),
    Fault("ENC202", LETTERS, 9, _replaced(b"\n", b"\r\n")),
    Fault("TXT001", LETTERS, 4, _after_first_word(b"\0"), SPACED),
    Fault("TXT004", LETTERS, 3, _after_first_word(b"\x1b[31m"), SPACED),
    Fault("TXT202", LETTERS, 3, _after_first_word("\u202e".encode()), SPACED),
    Fault("TXT206", LETTERS, 7, _after_first_word("\u200b".encode()), SPACED),
    Fault("TXT301", LETTERS, 4, _after_first_word(b"<|endoftext|>"), SPACED),
    Fault("TXT401", LETTERS, 8, _mangled, ("fr", "pt")),
    Fault("TXT501", LETTERS, 5, _after_first_word("\ufffd".encode()), SPACED),
    Fault("FIL102", LETTERS, 3, lambda file: b""),
    Fault("FIL107", LETTERS, 4, _pointer),
    Fault("FIL110", LETTERS, 3, _conflict),
    Fault("FIL111", LETTERS, 3, lambda file: file.data + file.data),
    Fault("DEL031", PAGES, 3, _replaced(b'"\n---\n', b'"\n')),
    Fault("MET013", PAGES, 5, _replaced(b"language", b'title: "Again"\nlanguage')),
    Fault("MET101", PAGES, 5, _replaced(b"date:", b"tags: []\ndate:")),
    Fault("MET100", PAGES, 4, _line(3, lambda line: b"")),
    Fault("MET102", PAGES, 4, _line(1, lambda line: b"title: 1999\n")),
    Fault("MET015", PAGES, 2, _replaced(b"language:", b"\tlanguage:")),
    Fault("MET026", TRAINING, 2, _fused),
    Fault("MET027", TRAINING, 2, _line(40, lambda line: line[:30] + b"\n")),
    Fault("MET023", TRAINING, 2, _line(60, _not_a_number)),
    Fault("DEL017", ARCHIVE, 3, _replaced(b"-- ", b"--- ")),
)
"""All kinds of faults, with the number of each that the demonstration plants."""
