"""Asks the real program for every fact that is written down of a reader.

A question is asked with its example: two readers whose answers are the same must return the same,
two whose answers differ must not, and an answer that is an error must be one. What a resolver of
YAML makes of an unquoted scalar is asked one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from validator.readers.questions import QUESTIONS
from validator.readers.reader import Reader
from validator.readers.reader_set import is_refusal
from validator.readers.readings import Reading
from validator.readers.roll import names, reader_named

from .canonical import moment
from .grammar_front_matter import SPACED, TOKENS
from .proof import FORMATS, Asked, comparable

VAGUE = "an error, or another value"
"""An answer that no one example can contradict: it depends on the types."""


def readers_of(form: str) -> list[Reader]:
    """The readers of a format."""
    return [one for one in map(reader_named, names()) if form in one.formats]


def contradictions(asked: Asked, form: str) -> Iterator[str]:
    """What the readers of a format do otherwise than is written down of them."""
    yield from _questions(asked, form)
    if form == "front-matter":
        yield from _tokens(asked)


def _written(asked: Asked, files: Sequence[tuple[str, bytes]]) -> list[Path]:
    folder = asked.work / "facts"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name / name for name, _ in files]  # some readers are given folders
    for path, (_, data) in zip(paths, files, strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    return paths


def _questions(asked: Asked, form: str) -> Iterator[str]:
    wanted = [one for one in QUESTIONS.values() if one.format == form]
    files = [
        (FORMATS[form].name_of(one.name, one.example), _whole(one.example, form)) for one in wanted
    ]
    paths = _written(asked, files)
    readers = readers_of(form)
    read = {one.name: asked.read(one.name, paths) for one in readers}
    for question, path in zip(wanted, paths, strict=True):
        said = {one.name: one.answer(question.name, question.usual) for one in readers}
        made = {one.name: comparable(read[one.name][path]) for one in readers}
        said = {name: answer for name, answer in said.items() if answer != VAGUE}
        for name, answer in said.items():
            if is_refusal(answer) != (made[name] == "an error"):
                yield f"{question.name}: {name} is said to make {answer}; it makes {made[name]}"
        for one, other in combinations(said, 2):
            if (said[one] == said[other]) != (made[one] == made[other]):
                yield (
                    f"{question.name}: {one} ({said[one]}) makes {made[one][-200:]}, "
                    f"{other} ({said[other]}) makes {made[other][-200:]}"
                )


def _whole(example: bytes, form: str) -> bytes:
    """An example with the fields that one reader wants in every record."""
    if form != "json-lines":
        return example
    return re.sub(rb"(?m)^\{", b'{"id":"a","text":"b",', example)


def _tokens(asked: Asked, tokens: Sequence[str] = (*TOKENS, *SPACED)) -> Iterator[str]:
    tokens = [one for one in tokens if _is_plain(one) and " #" not in one]
    files = [(f"t{at}.md", f"---\nv: {one}\n---\nA.\n".encode()) for at, one in enumerate(tokens)]
    paths = _written(asked, files)
    for reader in readers_of("front-matter"):
        read = asked.read(reader.name, paths)
        for token, path in zip(tokens, paths, strict=True):
            documents = read[path].documents
            assert reader.yaml
            wanted = reader.yaml.read(token)
            made = documents[0]["metadata"].get("v", "nothing") if documents else None
            if documents is None and wanted.value in (float("inf"), float("-inf"), "nan"):
                continue  # the output of its templates has no word for it
            if reader.yaml.is_text_only and made == " ".join(token.split()):
                continue  # text is Markdown, in which two blanks are one
            if not _is(wanted, documents, made):
                yield f"`{token}`: {reader.name} makes {made!r}, not {wanted}"


def _is_plain(token: str) -> bool:
    """Whether a token is a plain scalar as a whole, with every reader."""
    if token[:2].strip("-").isdigit() or token[:2] in ("-.", "-i"):
        return True
    return token[0] not in "&*!@`?-%," and ": " not in token and not token.endswith(":")


def _is(wanted: Reading, documents: Any, made: Any) -> bool:
    if wanted.kind == "error" or documents is None:
        return (wanted.kind == "error") == (documents is None)
    if wanted.kind == "moment":
        return isinstance(made, dict) and moment(str(made["$date"])) == wanted.value
    if wanted.value == "nan" and wanted.kind == "number":
        return bool(made != made)  # noqa: PLR0124
    if wanted.kind == "number":
        return isinstance(made, int | float) and float(made) == float(wanted.value)
    return type(made) is type(wanted.value) and made == wanted.value
