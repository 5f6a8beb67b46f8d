"""Words that the formats for people share: counts, sizes, the last lines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final

from ..file.passed_by import BESIDE, UNCLAIMED, suffixes
from ..model import Diagnostic, Gone, Severity, Summary, Unfinished
from ..text.harmless import link
from ..text.visible import visible, visible_path, width
from . import Look

if TYPE_CHECKING:
    from ._causes import Cause

_COLORS = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
    "help": "1;36",
    "dim": "1;34",
    "good": "1;32",
}


GONE: Final = 5
"""Files and rules at most that are named as having no known findings any more."""

LONGEST: Final = 60
"""Characters of an id, or another value, that are shown at most."""


def paint(text: str, color: str, look: Look) -> str:
    """`text` in a colour, if colours are wanted. Colour alone never carries information."""
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if look.color else text


def place(found: Diagnostic) -> str:
    """`path:row:column`, harmless to print."""
    return f"{visible_path(found.path)}:{found.location.row}:{found.location.column}"


def record(found: Diagnostic) -> str:
    """`record 88 (id "en-88")`: the document of a finding; empty if its file has only one."""
    if not found.divided or not found.document_index:
        return ""
    name = f' (id "{visible(shortened(found.document_id))}")' if found.document_id else ""
    return f"record {found.document_index}{name}"


def shortened(text: str) -> str:
    """A value of a document, cut to LONGEST characters."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def fit(text: str, room: int) -> str:
    """`text` in at most `room` columns, with an ellipsis where it is cut."""
    if width(text) <= room:
        return text
    columns = 0
    for at, character in enumerate(text):
        columns += width(character)
        if columns > room - 1:
            return text[:at] + "…"
    return text


def linked(code: str, name: str, look: Look) -> str:
    """The code of a rule; if links are wanted, a link to the page of the rule."""
    return link(look.documentation if look.links else "", name, code)


def linked_rows(
    lines: Iterator[str], rules: Iterable[tuple[str, str]], look: Look
) -> Iterator[str]:
    """The lines of a table with a head; the code of each rule in its row becomes a link."""
    yield next(lines)
    for (code, name), line in zip(rules, lines, strict=False):
        yield line.replace(code, linked(code, name, look), 1)
    yield from lines


def headline(found: Diagnostic, look: Look) -> str:
    """The first line of a finding: code, severity unless it is an error, message, record."""
    whose = record(found)
    return f"{graded(found, look)} {visible(found.message)}" + (f" [{whose}]" if whose else "")


def told_of(
    findings: Iterable[Diagnostic], look: Look, most: int | None = None
) -> tuple[Iterable[Diagnostic | Cause], Sequence[Cause]]:
    """The items that formats for people show, and the causes that they only count.

    Items are findings, and with `look.group` also causes. Of a run with many findings, only the
    `most` worst causes are shown.
    """
    rest = iter(findings)
    first = next(rest, None)
    if first is None:
        return (), ()
    again = chain([first], rest) if rest is findings else findings
    if not look.group:
        return again, ()
    from ._causes import told  # not needed without findings

    return told(again, most)


def advised(found: Diagnostic, between: str = "; help: ") -> str:
    """The message, the record, and what to do; not yet made visible."""
    whose = f" [{record(found)}]" if record(found) else ""
    return f"{found.message}{whose}" + (f"{between}{found.help}" if found.help else "")


def graded(found: Diagnostic, look: Look) -> str:
    """The code, and the severity unless it is an error."""
    code = linked(found.code, found.name, look)
    return code if found.severity is Severity.ERROR else f"{code} ({found.severity.value})"


def closing(summary: Summary, look: Look) -> Iterator[str]:
    """The last lines of the output: the number of findings, and at the end what was checked."""
    if look.quiet:
        return
    totals = summary.totals
    counts = [(totals.errors, "error"), (totals.warnings, "warning"), (totals.infos, "note")]
    told = [counted(count, word) for count, word in counts if count]
    if told:
        yield f"Found {_joined(told)}.\n"
        if totals.omitted:
            yield f"{totals.omitted} of them are counted but not shown; `--limit 0` shows all.\n"
    yield from _skipped(summary)
    if totals.unread:
        yield f"Not checked to the end: {counted(totals.unread, 'file')}.\n"
    if totals.outside:
        verb = "belongs" if totals.outside == 1 else "belong"
        yield f"{counted(totals.outside, 'byte')} {verb} to no document.\n"
    if summary.unfinished:
        yield f"Not checked: {left(summary.unfinished)}.\n"
    yield from compared(summary)
    if summary.unchanged is not None and not totals.files:
        yield "Nothing to check: no file that a profile is for has changed.\n"
        return
    what = f"{checked(summary)}{_by_content(summary)}{_unclaimed(summary)}"
    yield f"{_opening(summary, look)} {what}.\n"


_TOLD_ELSEWHERE: Final = {UNCLAIMED, BESIDE}


def _skipped(summary: Summary) -> Iterator[str]:
    """Lines about files that were skipped, by reason, and about sidecars."""
    skipped = summary.skipped
    reasons = [f"{n} {why}" for why, n in sorted(skipped.items()) if why not in _TOLD_ELSEWHERE]
    if reasons:
        yield f"Skipped: {_joined(reasons)}.\n"
    if skipped.get(BESIDE):
        yield f"Read beside a document: {counted(skipped[BESIDE], 'file')}.\n"


def _opening(summary: Summary, look: Look) -> str:
    totals = summary.totals
    if summary.unfinished or totals.findings:
        return "Checked"
    if not totals.files:
        return "There was nothing to check:"
    return paint("All checks passed!", "good", look)


def _by_content(summary: Summary) -> str:
    """Words for files whose profile was chosen by content, by profile; or empty."""
    if not summary.by_content:
        return ""
    told = [f"{n} {visible(name)}" for name, n in sorted(summary.by_content.items())]
    return f"; {sum(summary.by_content.values())} known by content ({', '.join(told)})"


def compared(summary: Summary) -> Iterator[str]:
    """Lines about findings that are not shown (unchanged, suppressed, known), and gone ones."""
    if summary.unchanged:
        yield f"{counted(summary.unchanged, 'finding')} in what has not changed: not shown.\n"
    if summary.suppressed:
        yield f"{counted(summary.suppressed, 'suppressed finding')}: not shown.\n"
    against = summary.baseline
    if against and against.known:
        yield f"{counted(against.known, 'known finding')} of the baseline: not shown.\n"
    if against and against.gone:
        count = sum(one.count for one in against.gone)
        told = [_gone(one) for one in against.gone[:GONE]]
        more = len(against.gone) - GONE
        words = ", ".join([*told, f"{more} more"] if more > 0 else told)
        yield (
            f"{counted(count, 'finding')} of the baseline gone: {words}; "
            "`seed-validator baseline prune` takes them out.\n"
        )


def _gone(one: Gone) -> str:
    count = f" ({one.count})" if one.count > 1 else ""
    return f"{visible(one.path)} {one.code}{count}"


def _unclaimed(summary: Summary) -> str:
    """Words for files that were not checked for want of a profile, and their suffixes; or empty."""
    count = summary.skipped.get(UNCLAIMED, 0)
    if not count:
        return ""
    told = f"{counted(count, 'file')} skipped, without a profile"
    return f"; {told} ({suffixes(summary.suffixes)})"


def left(unfinished: Unfinished) -> str:
    """Words for what a stopped run has not checked."""
    if unfinished.all_files:
        return "whether the documents agree with each other"
    files = f"what comes after {visible_path(unfinished.after)}" if unfinished.after else "any file"
    return f"{files}, and whether the documents agree with each other"


def checked(summary: Summary) -> str:
    """What a run has checked: `2 files, 3 documents (2 valid, 1 rejected), 1.8 kB`."""
    totals = summary.totals
    documents = counted(totals.documents, "document")
    if totals.rejected:
        valid = totals.documents - totals.rejected
        documents += f" ({valid} valid, {totals.rejected} rejected)"
    return f"{counted(totals.files, 'file')}, {documents}, {size(totals.bytes)}"


def counted(count: int, word: str) -> str:
    """A number with its noun: `1 file`, `2 files`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def size(count: int) -> str:
    """Bytes in words: `713 bytes`, `2.4 kB`, `1.9 GB` (powers of 1000)."""
    if count < 1000:
        return counted(count, "byte")
    units = ("kB", "MB", "GB", "TB")
    power = min(len(units), int(math.log(count + 0.5, 1000)))
    return f"{count / 1000**power:.1f} {units[power - 1]}"


def _joined(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]
