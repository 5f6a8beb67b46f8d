"""The output of `readers`: the readers, and the proved facts about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from ..readers.questions import FORMATS, QUESTIONS
from ..readers.reader import Reader
from ..readers.readings import told

DISPUTED: Final = (
    "true True no yes on y tRue null ~ .inf 012 08 0o7 0x1F 0b11 09.5 1_000 1,000 12,5 1e5 1.10 "
    "12:30 2024-01-31 2024-02-31 2024-01-31T10:00:00+02:00 :foo ="
).split()
"""Unquoted scalars of YAML that readers read differently."""


def table(readers: Iterable[Reader]) -> str:
    """The readers by format, one a line."""
    return "\n".join(_table([*readers])) + "\n"


def _table(readers: list[Reader]) -> Iterator[str]:
    width = max(len(one.name) for one in readers)
    for form, what in FORMATS.items():
        known = [one for one in readers if form in one.formats]
        if known:
            yield f"{form}: {what}"
            yield from (f"  {one.name:{width}}  {one.summary} ({one.version})" for one in known)
            yield ""
    yield "`seed-validator readers NAME` tells what is known of one."


def page(reader: Reader) -> str:
    """All that is known of a reader, as Markdown that is easy to read on a terminal."""
    return "\n\n".join(_paragraphs(reader)) + "\n"


def _paragraphs(reader: Reader) -> Iterator[str]:
    yield f"# {reader.name}"
    yield (
        f"{reader.summary[:1].upper()}{reader.summary[1:]}. Asked at {reader.version}, as\n"
        f"`{reader.call}`. It reads: {', '.join(reader.formats)}."
    )
    if reader.note:
        yield f"{reader.note[:1].upper()}{reader.note[1:]}."
    if reader.yaml:
        yield f"## Unquoted values, as {reader.yaml.name} resolves them"
        yield "\n".join(f"- `{token}` is {_scalar(reader, token)}" for token in DISPUTED)
    answers = [f"- {what} is {answer}" for _, what, answer in _answers(reader)]
    if answers:
        yield "## What readers dispute"
        yield "\n".join(answers)


def _scalar(reader: Reader, token: str) -> str:
    return told(reader.yaml.read(token), token) if reader.yaml else "text"


def _answers(reader: Reader) -> Iterator[tuple[str, str, str]]:
    for one in QUESTIONS.values():
        if one.format in reader.formats:
            yield one.name, one.what, reader.answer(one.name, one.usual)


def describe(reader: Reader) -> dict[str, Any]:
    """A reader as data, for `readers --output-format json`."""
    scalars = {token: _scalar(reader, token) for token in DISPUTED} if reader.yaml else {}
    return {
        "name": reader.name,
        "summary": reader.summary,
        "formats": [*reader.formats],
        "call": reader.call,
        "version": reader.version,
        "note": reader.note or None,
        "scalars": scalars,
        "answers": {name: answer for name, _, answer in _answers(reader)},
    }
