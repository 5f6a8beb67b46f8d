"""One line a finding: `path:row:column: CODE message`, which editors and grep know how to read.

Of a cause that is found often the first places are such lines, and one more counts the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ..model import Diagnostic, Summary
from ..text.visible import visible_path
from . import Format, Look
from ._words import closing, counted, graded, headline, items_of, place

if TYPE_CHECKING:
    from ._causes import Cause


def render(
    findings: Iterable[Diagnostic], summary: Callable[[], Summary], look: Look
) -> Iterator[str]:
    """See the package."""
    for item in items_of(findings, look):
        if isinstance(item, Diagnostic):
            yield f"{place(item)}: {headline(item)}\n"
        else:
            yield from _cause(item)
    yield from closing(summary(), look)


FORMAT = Format(
    "concise", "one line a finding: path, row, column, code and message", render, for_people=True
)


def _cause(cause: Cause) -> Iterator[str]:
    from ._cause_words import advice, remarks

    for found in cause.first:
        yield f"{place(found)}: {headline(found)}\n"
    folder = visible_path(cause.folder or "./")
    more = cause.count - len(cause.first)
    files = "" if cause.files == 1 else f", in {counted(cause.files, 'file')} in all"
    words = "; ".join(one for one in (*remarks(cause), advice(cause)) if one)
    told = f"{graded(cause.first[0])} {more} more like these{files}"
    yield f"{folder}: {told}; {words}\n" if words else f"{folder}: {told}\n"
