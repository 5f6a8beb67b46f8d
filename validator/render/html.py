"""A page for people who prepare corpora: causes, rules, directories, pictures, all findings.

It is one file that asks no network. Without scripts it still shows all but the list of all
findings. Text of documents never becomes markup: it is escaped, and a policy forbids any script
but ours (Content Security Policy, Level 3).
"""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import islice
from typing import Final

from msgspec.structs import replace

from ..file.opening import read_text
from ..model import Diagnostic, Summary
from ..text.harmless import harmless
from ..text.visible import visible, visible_path
from . import Findings, Format, LateSummary, Look
from ._causes import Cause, Causes
from ._html_parts import GRADES, WORDS, Cell, count_cell, grade, number, safe, table
from ._html_pictures import Strips, pictures
from ._tally import Tally
from ._words import closing, counted, size
from .full import block_of

CAUSES: Final = 300
"""Causes at most that are shown with their places; others are only in the list of all findings."""

FOLDERS: Final = 2000
"""Directories in the table at most."""

TOGETHER: Final = 500
"""Lines that are written at a time."""

EXCERPT: Final = 96
"""Columns of an excerpt at most."""


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    causes, tally, strips, listed = Causes(), Tally(), Strips(), _Listed()
    for found in findings:
        listed.add(found, causes.add(found))
        tally.add(found)
        strips.add(found)
    told = summary()
    yield from _head(told)
    yield from _summary(told)
    yield from pictures(tally, strips, look)
    yield from _causes(causes, look)
    yield from _rules(tally, look)
    yield from _folders(tally)
    yield from _list(tally)
    yield "</main>\n<footer>Made by seed-validator. <code>seed-validator rule CODE</code> tells "
    yield "more about a finding.</footer>\n"
    yield from listed.data(causes)
    yield f"<script>{_text('page.js')}</script>\n</body>\n</html>\n"


FORMAT = Format("html", "a page to look at: causes, pictures, tables to sort and to filter", render)


def _text(name: str) -> str:
    return read_text(os.path.join(os.path.dirname(__file__), "_page", name))


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _head(told: Summary) -> Iterator[str]:
    totals = told.totals
    found = totals.findings
    script = f"'sha256-{_hash(_text('page.js'))}'"
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src {script}"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_verdict(told)} seed-validator</title>\n<style>\n{_text('page.css')}</style>\n"
        '</head>\n<body>\n<a class="skip" href="#main">To the findings</a>\n<header>\n'
        f"<h1>seed-validator</h1>\n"
        f'<p class="verdict {"bad" if found or told.unfinished else "good"}">{_verdict(told)}</p>\n'
    )
    links = ("causes", "rules", "directories", "findings") if found else ()
    yield '<nav aria-label="Parts of the page">'
    yield "".join(f'<a href="#{one}">{one.capitalize()}</a>' for one in links)
    yield '<button type="button" id="theme" hidden></button></nav>\n</header>\n<main id="main">\n'


def _verdict(told: Summary) -> str:
    totals = told.totals
    counts = zip(GRADES, (totals.errors, totals.warnings, totals.infos), strict=True)
    words = [counted(count, WORDS[severity]) for severity, count in counts if count]
    if words:
        return f"Found {', '.join(words)}."
    return "The run was stopped." if told.unfinished else "All checks passed."


def _summary(told: Summary) -> Iterator[str]:
    totals = told.totals
    cards = [
        ("files", number(totals.files)),
        ("documents", number(totals.documents)),
        ("valid", number(totals.documents - totals.rejected)),
        ("rejected", number(totals.rejected)),
        ("size", size(totals.bytes)),
        *(
            (f'<span class="{one.value}">{WORDS[one]}s</span>', number(count))
            for one, count in zip(
                GRADES, (totals.errors, totals.warnings, totals.infos), strict=True
            )
        ),
    ]
    yield '<dl class="cards">\n'
    yield "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>\n" for name, value in cards)
    lines = "".join(closing(told, Look()))
    yield f'</dl>\n<p class="told">{safe_lines(lines)}</p>\n'


def safe_lines(text: str) -> str:
    """Lines for a `<pre>`: made harmless as text, before they are escaped as markup."""
    return "\n".join(map(safe, harmless(text.rstrip("\n")).split("\n")))


def _causes(causes: Causes, look: Look) -> Iterator[str]:
    worst = causes.worst()
    if not worst:
        return
    yield f'<section aria-labelledby="causes"><h2 id="causes">{counted(len(worst), "cause")}</h2>\n'
    for cause in worst[:CAUSES]:
        yield from _cause(cause, look)
    if len(worst) > CAUSES:
        yield f"<p>And {len(worst) - CAUSES} more, in the list of all findings.</p>\n"
    yield "</section>\n"


def _cause(cause: Cause, look: Look) -> Iterator[str]:
    from ._cause_words import advice, remarks, spread

    first = cause.first[0]
    message = cause.message if cause.count > 1 else first.message
    yield (
        f"<details><summary>{grade(first.severity)} <b>{first.code}</b>"
        f'<span class="message">{safe(message)}</span>'
        f'<span class="number">{number(cause.count)}{safe(spread(cause))}</span></summary>\n'
        '<div class="inside">\n'
    )
    for words in map(str, remarks(cause)):
        yield f"<p>{safe(words)}</p>\n"
    if cause.same_help and advice(cause):
        yield f'<p class="help">{safe(advice(cause))}</p>\n'
    for found in cause.first:
        shown = replace(found, help="") if cause.same_help else found  # a common help is above
        yield f"<pre>{safe_lines(block_of(shown, EXCERPT))}</pre>\n"
    if cause.count > len(cause.first):
        more = cause.count - len(cause.first)
        link = f'<a href="#findings" data-rule="{first.code}">{number(more)} more places</a>'
        yield f"<p>{link}</p>\n"
    if page := look.page(first.name):
        yield f"<p>{_outside(page, f'{first.code} {first.name}')}</p>\n"
    yield "</div></details>\n"


def _outside(page: str, words: str) -> str:
    """A link to the documentation, without a referrer."""
    return f'<a href="{safe(page)}" rel="noreferrer">{safe(words)}</a>'


def _rules(tally: Tally, look: Look) -> Iterator[str]:
    rules = tally.rules()
    if not rules:
        return
    yield '<section aria-labelledby="rules"><h2 id="rules">Rules</h2>\n'
    yield from table(
        "by-rule",
        ("severity", "rule", "what it finds", "findings", "files", "fix"),
        (
            (
                Cell(grade(one.severity), "", one.severity.rank),
                Cell(
                    f'<a href="#findings" data-rule="{one.code}">{one.code}</a> '
                    + (_outside(page, one.name) if (page := look.page(one.name)) else one.name)
                ),
                Cell(safe(known.summary if (known := look.about(one.code)) else "")),
                count_cell(one.count),
                count_cell(one.files),
                Cell(one.fix),
            )
            for one in rules
        ),
    )
    yield "</section>\n"


def _folders(tally: Tally) -> Iterator[str]:
    folders = tally.folders()
    if not folders:
        return
    yield '<section aria-labelledby="directories"><h2 id="directories">Directories</h2>\n'
    yield from table(
        "by-directory",
        ("directory", "errors", "warnings", "notes", "rules"),
        (
            (
                Cell(f"<code>{safe(visible_path(folder))}</code>", "path"),
                *(count_cell(counts.of(severity)) for severity in GRADES),
                count_cell(len(counts.codes)),
            )
            for folder, counts in folders[:FOLDERS]
        ),
    )
    if len(folders) > FOLDERS:
        yield f"<p>And {len(folders) - FOLDERS} more.</p>\n"
    yield "</section>\n"


def _list(tally: Tally) -> Iterator[str]:
    if not tally.rules():
        return
    choices = "".join(f'<option value="{one.value}">{WORDS[one]}s</option>' for one in GRADES)
    yield (
        '<section id="findings" aria-label="All findings" hidden><h2>All findings</h2>\n'
        '<p class="tools"><input type="search" id="words" placeholder="Path or words of a message"'
        ' aria-label="Path or words of a message">\n'
        '<select id="rule" aria-label="Rule"><option value="">all rules</option></select>\n'
        f'<select id="grade" aria-label="Severity"><option value="">all</option>{choices}</select>'
        '\n<button type="button" id="before">Before</button>'
        '<span id="told" role="status"></span>'
        '<button type="button" id="after">Next</button></p>\n'
        '<div class="scroll"><table><thead><tr><th scope="col">severity</th><th scope="col">rule'
        '</th><th scope="col">place</th><th scope="col">byte</th><th scope="col">finding</th></tr>'
        '</thead><tbody id="rows"></tbody></table></div></section>\n'
        "<noscript><p>The list of all findings needs scripts.</p></noscript>\n"
    )


class _Listed:
    """The data of all findings for the script: a line of JSON for each, of some hundred bytes."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._messages: dict[int, str] = {}
        self._files: dict[str, int] = {}

    def add(self, found: Diagnostic, cause: int) -> None:
        """Add the next finding; `cause` is the number of its cause."""
        first = self._messages.setdefault(cause, found.message)
        values = (
            self._files.setdefault(found.path, len(self._files)),
            cause,
            0 if found.whole_file else found.location.row,
            found.location.column,
            found.byte_offset,
            found.document_index if found.divided else 0,
            "" if found.message is first or found.message == first else visible(found.message),
        )
        self._lines.append(_json(values))

    def data(self, causes: Causes) -> Iterator[str]:
        """The script element with causes, findings, files; findings name the others by number."""
        yield '<script type="application/json" id="data">{"causes":[\n'
        yield from _rows(
            _json((one.code, one.first[0].name, one.severity.value, visible(one.first[0].message)))
            for one in causes
        )
        yield '],"findings":[\n'
        yield from _rows(self._lines)
        yield '],"files":[\n'
        yield from _rows(_json(visible_path(path)) for path in self._files)
        yield "]}</script>\n"


def _rows(items: Iterable[str]) -> Iterator[str]:
    """The items of a JSON list, one a line; TOGETHER lines are given at a time."""
    before, rest = "", iter(items)
    while few := list(islice(rest, TOGETHER)):
        yield before + ",\n".join(few) + "\n"
        before = ","


_encode: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def _json(value: object) -> str:
    """JSON without `<`, `>` and `&`, which could begin or end a tag."""
    return _encode(value).replace("<", "\\u003c").replace("&", "\\u0026").replace(">", "\\u003e")
