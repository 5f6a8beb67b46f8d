"""The clean documents of the demonstration: five formats, twelve languages."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Final

from msgspec import Struct

from ..file.opening import read_text

SEED: Final = 2026

LETTERS, PAGES, TRAINING, MAIL, ARCHIVE = "letters", "pages", "training", "mail", "archive"

CONFIGURATION: Final = """\
# The configuration of the demonstration: a profile for each directory.
[profiles.letters]
extends = "text"
files = ["letters/"]
corpus.content = "unique"

[profiles.pages]
extends = "front-matter"
files = ["pages/**/*.md"]

[profiles.pages.metadata.schema]
required = ["title", "language", "date"]
additionalProperties = false
properties.title = { type = "string", maxLength = 80 }
properties.language = { pattern = "^[a-z][a-z]$", x-form = "two small letters" }
properties.date = { x-date = "%Y-%m-%d" }

[profiles.training]
extends = "jsonl"
files = ["training/*.jsonl"]

[profiles.mail]
extends = "mbox"
files = ["mail/*.mbox"]

[profiles.archive]
extends = "txtar"
files = ["archive/*.txtar"]
"""


class File(Struct, frozen=True):
    """A file of the corpus: path with `/`, bytes, language, and number of documents in it."""

    path: str
    data: bytes
    language: str
    documents: int = 1

    @property
    def folder(self) -> str:
        """The directory that it lies in, one for each format."""
        return self.path.partition("/")[0]


def sentences() -> Mapping[str, Sequence[str]]:
    """Sentences by language."""
    text = read_text(os.path.join(os.path.dirname(__file__), "sentences.toml"))
    return {name: tuple(words) for name, words in tomllib.loads(text)["words"].items()}


def clean(draw: Random) -> Iterator[File]:
    """All files, without a fault: 600 letters, 500 pages, 600 records, 100 mails, 200 members."""
    words = sentences()
    languages = sorted(words)
    for number in range(1100):
        language = languages[number % len(languages)]
        text = _text(draw, words[language], number)
        if number < 600:
            yield File(f"{LETTERS}/{language}/{number:04}.txt", text.encode(), language)
        else:
            yield File(
                f"{PAGES}/{language}/{number:04}.md", _page(text, language, number), language
            )
    for part in range(8):
        rows = [_record(draw, words, languages, part * 75 + row) for row in range(75)]
        yield File(f"{TRAINING}/part-{part:02}.jsonl", b"".join(rows), "", 75)
    for box in range(10):
        mails = [_mail(_text(draw, words["en"], 5000 + box * 10 + n), box, n) for n in range(10)]
        yield File(f"{MAIL}/{2010 + box}.mbox", b"".join(mails), "en", 10)
    for shelf in range(20):
        language = languages[shelf % len(languages)]
        texts = [_text(draw, words[language], 7000 + shelf * 10 + n) for n in range(10)]
        members = [f"-- {language}/{n}.txt --\n{text}" for n, text in enumerate(texts)]
        yield File(f"{ARCHIVE}/shelf-{shelf:02}.txtar", "".join(members).encode(), language, 10)


def _text(draw: Random, words: Sequence[str], number: int) -> str:
    """A few paragraphs, no two documents alike."""
    gap = "" if words[0][-1] == "\u3002" else " "
    paragraphs = [gap.join(draw.choices(words, k=draw.randint(2, 5))) for _ in range(3)]
    return f"{words[number % len(words)]}\n\n{number}. " + "\n\n".join(paragraphs) + "\n"


def _page(text: str, language: str, number: int) -> bytes:
    title, _, body = text.partition("\n\n")
    date = f"20{10 + number % 15:02}-{1 + number % 12:02}-{1 + number % 28:02}"
    head = f'---\ntitle: "{title}"\nlanguage: {language}\ndate: "{date}"\n---\n'
    return f"{head}{body}".encode()


def _record(
    draw: Random, words: Mapping[str, Sequence[str]], languages: Sequence[str], number: int
) -> bytes:
    language = languages[number % len(languages)]
    text = _text(draw, words[language], 3000 + number)
    row = {"id": f"t-{number:05}", "language": language, "score": number % 7, "text": text}
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _mail(text: str, box: int, number: int) -> bytes:
    day = f"Mon Mar {1 + number:2} 09:{box:02}:{number:02} {2010 + box}"
    subject, _, body = text.partition("\n\n")
    return (
        f"From harbour@example.org {day}\nFrom: harbour@example.org\nTo: bakery@example.org\n"
        f"Subject: {subject}\nMessage-ID: <{box}.{number}@example.org>\n\n{body}\n"
    ).encode()
