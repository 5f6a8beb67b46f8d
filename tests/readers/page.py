"""The matrix as a page of the docs."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence

from .matrix import Finding, Row, broken, differ, news
from .roster import PINS, READERS, SCRIPT_PINS

INTRO = """\
# Readers, file by file

Real readers, run on files that we made by hand: right ones, and one for each fault. The command
that writes this page, `python -m tests.readers cases --update`, fails where one of these is broken:

1. **What passes, the readers return**: all the documents, as many as `seed-validator` counts.
2. **What they do not agree on, we name**; and the right files pass.

[Readers](readers.md) says what is promised and how it is proved on generated files; this page shows
what readers do to each fault.

{outcome}

| a cell | says |
|---|---|
| `5` | the reader returned what was meant: five documents |
| E | it raised an error |
| **≠ 4 of 5** | it returned four documents where five were meant, without a word |
| **≠ `text`** | it returned all, but something else in the field `text`, without a word |
| ~ `date` | the same values, some of them in another type: a date, say, made of text |

The last column holds what `seed-validator check --profile …` says of the file: how many documents
it counts in one that passes, and the rules that name a fault; those in brackets do not fail it.

What counts as the same: a reader that makes tables has a cell for every field of every document,
so for these a missing field, null and an empty object are one. Numbers count by their value: 1.0
is 1. Line ends around the body of front matter, after a mail and in a folded header do not count.
An error in all readers is agreement, but no file that passes may get one. `datatrove` wants an id
and a text in every document, and has words of its own: what it alone does not read, the profile
`dolma` judges.

Readers that make tables also guess, from the first documents: text that looks like a day becomes a
date, an id of twenty digits a rounded number, a field that comes late is left out. No rule of ours
can forbid days. So the promise holds for them as careful users call them, with the types told;
what the bare call makes of the same file is shown besides, and is a reason to tell. (`datasets`
cannot be told; it may make a date of a day, no more.)

What no reader can see, no check of one file can see either: that a last line or a last gzip member
is missing as a whole. And two rules guess, as readers cannot: `header-in-body` takes a mail whose
text begins with `Subject: ...` for one with a blank line among its headers, and
`blank-line-after-fence` takes `---`, a blank line and `Note: ...` for prose between two rules.
"""
TITLES = {
    "jsonl": "JSONL",
    "front-matter": "Front matter",
    "mbox": "mbox",
    "wet": "WET and other WARC",
}


def outcome(rows: Sequence[Row]) -> str:
    """How the promise is kept, in figures."""
    passing = sum(row.passes for row in rows)
    apart = [row for row in rows if differ(row)]
    named = sum(not row.passes for row in apart)
    debts = len(broken(rows))
    kept = f"does not hold for {debts} files, told at the end" if debts else "holds for all of them"
    return (
        f"Of {len(rows)} files, readers do not agree on {len(apart)}, or misread them: {named} of "
        f"these fail.\n{passing} files pass. The promise {kept}."
    )


def page(rows: Sequence[Row]) -> str:
    """All of `docs/reader-cases.md`."""
    chapters = [_chapter(name, [row for row in rows if row.case.format == name]) for name in TITLES]
    return "\n".join(
        [INTRO.format(outcome=outcome(rows)), _versions(), *filter(None, chapters), *_debts(rows)]
    )


def _debts(rows: Sequence[Row]) -> list[str]:
    """Where the promise is not kept, if anywhere."""
    said = [f"- `{key}`, {sentence}\n" for key, sentence in broken(rows).items()]
    return [f"## Not kept yet\n\n{''.join(said)}"] if said else []


def summary(rows: Sequence[Row]) -> str:
    """One sentence on a format."""
    apart = [row for row in rows if differ(row)]
    text = f"{len(rows)} files, {len(apart)} of which readers do not agree on or misread"
    if any(row.findings is None for row in rows):
        return f"{text}. There is no profile for them yet."
    named = sum(not row.passes for row in apart)
    return f"{text}; seed-validator fails {named} of these {len(apart)}."


def table(rows: Iterable[Row], readers: Sequence[str]) -> str:
    """Cases down, readers across, our verdict last."""
    head = ["file", *readers, "seed-validator"]
    lines = [head, ["---"] * len(head)]
    for row in rows:
        cells = [_cell(row.cells[name].kind, row.cells[name].text) for name in readers]
        lines.append([f"`{row.case.name}`: {row.case.what}", *cells, _under(row)])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def verdict(row: Row) -> str:
    """What we say: rules that fail the file, and in brackets those that do not."""
    if row.findings is None:
        return "—"
    named = [_rule(one) for one in sorted(row.findings, key=lambda one: not one.failing)]
    if row.passes:
        named.insert(0, f"passes: {row.documents}")
    return ", ".join(named)


def _under(row: Row) -> str:
    """The verdict, and the profile where it is not that of the chapter."""
    own = row.case.own_profile
    return f"under `{own}`: {verdict(row)}" if own else verdict(row)


def _rule(one: Finding) -> str:
    link = f"{one.code} [{one.name}](rules/{one.name}.md)"
    return link if one.failing else f"({link})"


def _cell(kind: str, text: str) -> str:
    return f"**{text}**" if kind == "other" else text


def _versions() -> str:
    pins = [*(pin.replace("==", " ") for pin in PINS if "==" in pin), f"CPython {_python()}"]
    pins += [pin.replace("@", " ") for pin in SCRIPT_PINS]
    return f"Versions: {', '.join(sorted(pins, key=str.lower))}.\n"


def _python() -> str:
    return platform.python_version()


def _chapter(name: str, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    readers = [reader for reader in rows[0].cells if not READERS[reader].told]
    told = [reader for reader in rows[0].cells if READERS[reader].told]
    calls = [f"- {reader}: {READERS[reader].call}\n" for reader in readers]
    parts = [
        f"## {TITLES[name]}: profile `{name}`\n\n{summary(rows)}\n\n{''.join(calls)}",
        f"### Right files\n\n{table([row for row in rows if not row.case.rules], readers)}",
        f"### Faults\n\n{table([row for row in rows if row.case.rules], readers)}",
    ]
    if told:
        parts.append(_told(rows, told))
    return "\n".join(parts)


def _told(rows: Sequence[Row], told: Sequence[str]) -> str:
    """The same readers, told the types, where that makes a difference."""
    calls = [f"- {reader}: {READERS[reader].call}\n" for reader in told]
    other = [
        row
        for row in rows
        if any(row.cells[name].text != row.cells[name.partition(",")[0]].text for name in told)
    ]
    lead = "Table readers that are told which fields are text; other files they read as above.\n"
    return f"### Told the types\n\n{lead}\n{''.join(calls)}\n{table(other, told)}"


def report(rows: Sequence[Row]) -> str:
    """What the command prints: the tables, and what is new."""
    said = news(rows)
    lines = [page(rows), f"{len(rows)} files, {len(said)} that we did not know of", *said]
    return "\n".join(lines)
