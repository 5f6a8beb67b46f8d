"""Documents in many formats and encodings, with faults planted whose mending is known to the byte.

A document is made clean; faults are planted that a safe fix undoes; what a fix must give is the
clean document. In some there is a fault besides that no safe fix mends, which must stay.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Callable, Iterator
from random import Random
from typing import Final

from msgspec import Struct

CONFIG: Final = """
[profiles.base]
files = ["nothing"]
[profiles.base.text]
trailing-blanks = "forbid"
[profiles.base.encoding]
final-newline = "require"

[profiles.plain]
extends = "base"
files = ["plain/**", "packed/**"]

[profiles.crlf]
extends = "base"
files = ["crlf/**"]
encoding.newline = "crlf"

[profiles.cyrillic]
extends = "base"
files = ["cyrillic/**"]
encoding.charset = "windows-1251"

[profiles.wide]
extends = "base"
files = ["wide/**"]
encoding.charset = "utf-16"

[profiles.japanese]
extends = "base"
files = ["japanese/**"]
encoding.charset = "shift_jis"

[profiles.legacy]
extends = "base"
files = ["legacy/**"]
encoding.repair-from = ["windows-1252"]

[profiles.records]
files = ["records/**"]
delimiters.kind = "json-lines"
metadata.order = ["id", "text"]
encoding.final-newline = "require"

[profiles.bundles]
extends = "base"
files = ["bundles/**"]
delimiters.kind = "marked"
delimiters.separator = "%%%"

[profiles.front]
extends = "base"
files = ["front/**"]
delimiters.block = "front-matter"
metadata.order = ["id", "title", "date"]
[profiles.front.metadata.schema.properties]
title = { type = "string" }
version = { type = "string" }
author = { x-alias = ["authors"] }
"""

WORDS: Final = {
    "latin": "le café était fermé où là-bas naïf forêt über straße señor mañana œuvre text und "
    "house river stone about never again winter summer",
    "cyrillic": "мир дом река зима лето снова книга слово письмо город ночь день утро небо",
    "japanese": "東京 言葉 世界 日本 図書 夏 冬 手紙 時間 朝 夜 海 山 川",
}
"""Words of texts; those of `latin` are in Windows-1252, too."""

Text = str
Fault = Callable[[str, Random], str]


class Made(Struct, frozen=True):
    """A file: its path, what it holds, what it must hold when it is fixed, how many documents."""

    path: str
    dirty: bytes
    clean: bytes
    documents: int = 1


def files(seed: int, documents: int) -> Iterator[Made]:
    """Files with at least so many documents in all, the kinds taking turns."""
    chance, count, number = Random(seed), 0, 0
    kinds = [*KINDS.items()]
    while count < documents:
        name, kind = kinds[number % len(kinds)]
        made = kind(chance, f"{name}/{number // 2000:03}/{number:06}")
        yield made
        count, number = count + made.documents, number + 1


def _text(chance: Random, script: str = "latin") -> str:
    """Some lines of words, none of which is blank."""
    words = WORDS[script].split()
    lines = (" ".join(chance.choices(words, k=chance.randint(2, 12))) for _ in range(_some(chance)))
    return "".join(f"{line}.\n" for line in lines)


def _some(chance: Random) -> int:
    return chance.choice((3, 5, 8, 13, 40))


def _blanks(text: str, chance: Random) -> str:
    """Blanks behind some lines."""
    lines = text.split("\n")[:-1]
    for at in chance.sample(range(len(lines)), min(3, len(lines))):
        lines[at] += chance.choice((" ", "  ", "\t", " \t "))
    return "".join(f"{line}\n" for line in lines)


def _no_end(text: str, chance: Random) -> str:
    return text.removesuffix("\n")


def _some_crlf(text: str, chance: Random) -> str:
    """CRLF behind some lines, fewer than half."""
    lines = text.split("\n")[:-1]
    odd = {*chance.sample(range(len(lines)), (len(lines) - 1) // 2)}
    return "".join(f"{line}\r\n" if at in odd else f"{line}\n" for at, line in enumerate(lines))


def _decomposed(text: str, chance: Random) -> str:
    return unicodedata.normalize("NFD", text)


def _tags(text: str, chance: Random) -> str:
    at = chance.randrange(1, len(text) - 1)
    return text[:at] + "".join(chr(0xE0020 + chance.randrange(90)) for _ in range(4)) + text[at:]


def _inner_mark(text: str, chance: Random) -> str:
    at = text.index(" ")
    return f"{text[:at]}\ufeff{text[at:]}"


def _mark(text: str, chance: Random) -> str:
    return f"\ufeff{text}"


ALWAYS: Final[tuple[Fault, ...]] = (_blanks,)
"""Faults that every encoding can write."""

IN_UNICODE: Final[tuple[Fault, ...]] = (_blanks, _some_crlf, _decomposed, _tags, _inner_mark)


def _planted(text: str, chance: Random, faults: tuple[Fault, ...]) -> str:
    """The text with none, some or all of the faults; the last line may lose its end at last."""
    for fault in faults:
        if chance.random() < 0.4:
            text = fault(text, chance)
    return text


def _ended(text: str, chance: Random) -> str:
    return text.rstrip("\r\n") if chance.random() < 0.2 else text


def _plain(chance: Random, path: str) -> Made:
    text = _text(chance)
    dirty = _ended(_planted(text, chance, IN_UNICODE), chance)
    if chance.random() < 0.2:
        dirty = _mark(dirty, chance)
    if chance.random() < 0.1:  # what no fix mends, and no fix may touch
        text, dirty = text.replace(" ", " \x01", 1), dirty.replace(" ", " \x01", 1)
    return Made(f"{path}.txt", dirty.encode(), text.encode())


def _packed(chance: Random, path: str) -> Made:
    made = _plain(chance, path)
    return Made(f"{path}.txt.gz", gzip.compress(made.dirty, mtime=7), made.clean)


def _crlf(chance: Random, path: str) -> Made:
    text = _text(chance).replace("\n", "\r\n")
    dirty = text
    if chance.random() < 0.3:
        dirty = dirty.replace("\r\n", " \r\n", 2)
    if chance.random() < 0.3:
        dirty = dirty.replace("\r\n", "\n")
    return Made(f"{path}.txt", dirty.encode(), text.encode())


def _in(codec: str, script: str) -> Callable[[Random, str], Made]:
    def made(chance: Random, path: str) -> Made:
        text = _text(chance, script)
        dirty = _ended(_planted(text, chance, ALWAYS), chance)
        return Made(f"{path}.txt", dirty.encode(codec), text.encode(codec))

    return made


def _legacy(chance: Random, path: str) -> Made:
    text = _text(chance) + "Déjà là, où l'été était né: forêt, œuvre, naïf, über.\n" * 2
    if chance.random() < 0.5:
        return Made(f"{path}.txt", text.encode("cp1252"), text.encode())
    dirty = text.encode() + "Café.\n".encode("cp1252")
    return Made(f"{path}.txt", dirty, text.encode() + "Café.\n".encode())


def _records(chance: Random, path: str) -> Made:
    dirty: list[str] = []
    clean: list[str] = []
    for number in range(20):
        text = _text(chance)
        record = {"id": f"{path}-{number}", "text": text, "n": chance.random()}
        odd = [*record.items()]
        if chance.random() < 0.1:
            odd = [odd[1], odd[0], odd[2]]
        right = json.dumps(record, ensure_ascii=False)
        wrong = json.dumps(dict(odd), ensure_ascii=False)
        if chance.random() < 0.1:
            right = right.replace("\\n", "\\u2028", 1)
            wrong = wrong.replace("\\n", "\u2028", 1)
        clean.append(right)
        dirty.append(wrong)
    if chance.random() < 0.2:
        dirty.insert(chance.randrange(1, 20), "")
    ending = "" if chance.random() < 0.2 else "\n"
    return Made(
        f"{path}.jsonl",
        ("\n".join(dirty) + ending).encode(),
        ("\n".join(clean) + "\n").encode(),
        20,
    )


def _bundles(chance: Random, path: str) -> Made:
    texts = [_text(chance) for _ in range(20)]
    dirty = [_planted(text, chance, (_blanks, _decomposed, _tags)) for text in texts]
    return Made(
        f"{path}.txt",
        _ended("%%%\n".join(dirty), chance).encode(),
        "%%%\n".join(texts).encode(),
        20,
    )


def _front(chance: Random, path: str) -> Made:
    fields = [
        f"id: doc-{path.rpartition('/')[2]}",
        f"title: {' '.join(_text(chance).split()[:3]).rstrip('.')}",
        "date: '2026-11-30' # a day",
        'version: "1.10"',
        "author: Ann",
    ]
    body = _text(chance)
    wrong = [*fields]
    if chance.random() < 0.3:
        wrong[3] = "version: 1.10"
    if chance.random() < 0.3:
        wrong[4] = "authors: Ann"
    if chance.random() < 0.3:
        wrong[0], wrong[2] = wrong[2], wrong[0]
    closing = chance.choice(("---", "---", "---", "---  "))
    dirty = "\n".join(("---", *wrong, closing, _ended(_planted(body, chance, (_tags,)), chance)))
    return Made(f"{path}.txt", dirty.encode(), "\n".join(("---", *fields, "---", body)).encode())


KINDS: Final[dict[str, Callable[[Random, str], Made]]] = {
    "plain": _plain,
    "packed": _packed,
    "crlf": _crlf,
    "cyrillic": _in("cp1251", "cyrillic"),
    "wide": _in("utf-16", "japanese"),
    "japanese": _in("shift_jis", "japanese"),
    "legacy": _legacy,
    "records": _records,
    "bundles": _bundles,
    "front": _front,
}
