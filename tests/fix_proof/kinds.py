"""Files of many formats and encodings, each dirty and clean."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from random import Random
from typing import Final

import zstandard
from msgspec import Struct

from .texts import (
    ALWAYS,
    IN_UNICODE,
    WORDS,
    blanks,
    decomposed,
    ended,
    mark,
    planted,
    some_crlf,
    tags,
    text_of,
)


class Made(Struct, frozen=True):
    """A file: its path, what it holds, what it must hold when it is fixed, how many documents."""

    path: str
    dirty: bytes
    clean: bytes
    documents: int = 1


CHARSETS: Final = {
    "cyrillic": ("windows-1251", "cyrillic"),
    "russian": ("koi8-r", "cyrillic"),
    "wide": ("utf-16", "japanese"),
    "widest": ("utf-32", "latin"),
    "japanese": ("shift_jis", "japanese"),
    "unix-japanese": ("euc-jp", "japanese"),
    "chinese": ("gb18030", "chinese"),
    "taiwanese": ("big5", "taiwanese"),
    "korean": ("euc-kr", "korean"),
    "greek": ("iso-8859-7", "greek"),
    "czech": ("iso-8859-2", "czech"),
    "western": ("windows-1252", "latin"),
}
"""Kinds of files that are declared to be in an encoding: it, and the words that they are of."""


def _plain(chance: Random, path: str) -> Made:
    text = text_of(chance)
    dirty = ended(planted(text, chance, IN_UNICODE), chance)
    if chance.random() < 0.2:
        dirty = mark(dirty, chance)
    if chance.random() < 0.1:  # what no fix mends, and no fix may touch
        text, dirty = text.replace(" ", " \x01", 1), dirty.replace(" ", " \x01", 1)
    return Made(f"{path}.txt", dirty.encode(), text.encode())


PACK: Final[dict[str, Callable[[bytes], bytes]]] = {
    "gz": lambda data: gzip.compress(data, mtime=7),
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


def _packed(chance: Random, path: str) -> Made:
    made, suffix = _plain(chance, path), chance.choice([*PACK])
    return Made(f"{path}.txt.{suffix}", PACK[suffix](made.dirty), made.clean)


def _crlf(chance: Random, path: str) -> Made:
    text = text_of(chance).replace("\n", "\r\n")
    dirty = text
    if chance.random() < 0.3:
        dirty = dirty.replace("\r\n", " \r\n", 2)
    if chance.random() < 0.3:
        dirty = dirty.replace("\r\n", "\n")
    return Made(f"{path}.txt", dirty.encode(), text.encode())


def _in(codec: str, script: str) -> Callable[[Random, str], Made]:
    def made(chance: Random, path: str) -> Made:
        text = text_of(chance, script)
        dirty = ended(planted(text, chance, ALWAYS), chance)
        return Made(f"{path}.txt", dirty.encode(codec), text.encode(codec))

    return made


def _legacy(chance: Random, path: str) -> Made:
    text = text_of(chance) + "Déjà là, où l'été était né: forêt, œuvre, naïf, über.\n" * 2
    if chance.random() < 0.5:
        codec = chance.choice(("cp1252", "utf-16"))
        return Made(f"{path}.txt", text.encode(codec), text.encode())
    dirty = text.encode() + "Café.\n".encode("cp1252")
    return Made(f"{path}.txt", dirty, text.encode() + "Café.\n".encode())


def _records(chance: Random, path: str) -> Made:
    dirty: list[str] = []
    clean: list[str] = []
    for number in range(20):
        text = text_of(chance)
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
    texts = [text_of(chance) for _ in range(20)]
    dirty = [planted(text, chance, (blanks, decomposed, tags)) for text in texts]
    return Made(
        f"{path}.txt",
        ended("%%%\n".join(dirty), chance).encode(),
        "%%%\n".join(texts).encode(),
        20,
    )


def _front(chance: Random, path: str) -> Made:
    fields = [
        f"id: doc-{path.rpartition('/')[2]}",
        f"title: {' '.join(text_of(chance).split()[:3]).rstrip('.')}",
        "date: '2026-11-30' # a day",
        'version: "1.10"',
        "author: Ann",
    ]
    body = text_of(chance)
    wrong = [*fields]
    if chance.random() < 0.3:
        wrong[3] = "version: 1.10"
    if chance.random() < 0.3:
        wrong[4] = "authors: Ann"
    if chance.random() < 0.3:
        wrong[0], wrong[2] = wrong[2], wrong[0]
    closing = chance.choice(("---", "---", "---", "---  "))
    dirty = "\n".join(("---", *wrong, closing, ended(planted(body, chance, (tags,)), chance)))
    return Made(f"{path}.txt", dirty.encode(), "\n".join(("---", *fields, "---", body)).encode())


def _toml(chance: Random, path: str) -> Made:
    head = f'+++\nid = "{path}"\ntags = ["a", "b"] # two\n'
    body = text_of(chance)
    closing = chance.choice(("+++", "+++", "+++ ", "+++\t"))
    dirty = f"{head}{closing}\n{ended(planted(body, chance, (blanks, tags)), chance)}"
    if chance.random() < 0.2:
        dirty = mark(dirty, chance)
    return Made(f"{path}.txt", dirty.encode(), f"{head}+++\n{body}".encode())


def _mails(chance: Random, path: str) -> Made:
    head = (
        "From ann@example.org Mon Nov 30 10:{:02}:00 2026\nFrom: ann@example.org\nSubject: {}\n\n"
    )
    bodies = [text_of(chance) for _ in range(10)]
    heads = [head.format(at, f"No. {at}") for at in range(10)]
    wrong = [planted(body, chance, (blanks, decomposed, tags)) for body in bodies]
    dirty = "\n".join(one + body for one, body in zip(heads, wrong, strict=True))
    if chance.random() < 0.2:
        dirty = "\n" * chance.randint(1, 3) + dirty
    clean = "\n".join(one + body for one, body in zip(heads, bodies, strict=True))
    return Made(f"{path}.mbox", ended(dirty, chance).encode(), clean.encode(), 10)


def _treebanks(chance: Random, path: str) -> Made:
    sentences = []
    for number in range(5):
        words = chance.choices(WORDS["latin"].split(), k=chance.randint(1, 9))
        rows = (
            f"{at}\t{word}\t{word}\tNOUN\t_\t_\t{at - 1}\t{'dep' if at > 1 else 'root'}\t_\t_\n"
            for at, word in enumerate(words, 1)
        )
        name = f"# sent_id = {path}-{number}\n# text = {' '.join(words)}\n"
        sentences.append(f"{name}{''.join(rows)}\n")
    clean = dirty = "".join(sentences)
    if chance.random() < 0.3:
        dirty = decomposed(dirty, chance)
    if chance.random() < 0.3:
        dirty = some_crlf(dirty, chance)
    if chance.random() < 0.3:
        dirty = dirty.removesuffix("\n")
    return Made(f"{path}.conllu", dirty.encode(), clean.encode())


def _articles(chance: Random, path: str) -> Made:
    clean, dirty = "", ""
    for number in range(10):
        name = f"{path.rpartition('/')[2]}{number}"
        head = f'<doc id="{name}" url="https://example.org/{name}" title="No. {number}">\n'
        text = text_of(chance)
        clean += f"{head}{text}</doc>\n"
        closing = chance.choice(("</doc>", "</doc>", "</doc>", "</doc> ", "</doc>\t"))
        dirty += f"{head}{planted(text, chance, (decomposed, tags))}{closing}\n"
    return Made(f"{path}.txt", ended(dirty, chance).encode(), clean.encode(), 10)


def _notes(chance: Random, path: str) -> Made:
    head = f"Title: {path}\nAuthor: Ann\n\n"
    text = text_of(chance)
    dirty = head + ended(planted(text, chance, IN_UNICODE), chance)
    return Made(f"{path}.txt", dirty.encode(), (head + text).encode())


KINDS: Final[dict[str, Callable[[Random, str], Made]]] = {
    "plain": _plain,
    "packed": _packed,
    "crlf": _crlf,
    "legacy": _legacy,
    "records": _records,
    "bundles": _bundles,
    "front": _front,
    "toml": _toml,
    "mails": _mails,
    "treebanks": _treebanks,
    "articles": _articles,
    "notes": _notes,
    **{name: _in(*of) for name, of in CHARSETS.items()},
}
