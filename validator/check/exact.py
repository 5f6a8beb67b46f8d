"""The exact and slow way through one file, for files that the quick way did not find clean."""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from ..corpus.fact_rows import Rows
from ..delimiters.division import sidecar_form
from ..document import Place
from ..encoding.declared import view
from ..file.archive_names import INSIDE, display_path, parted
from ..file.compression import Packing
from ..file.opening import is_remote
from ..file.reading import Pages, unreadable
from ..file.walk import odd
from ..model import Diagnostic, Fixed, Flaw, Severity, Totals, Unchecked
from .asked import asked_of
from .documents import Count, Documents
from .edits import line_end_of
from .fast import NOTHING, Known
from .file_names import file_names
from .findings import NOBODY, Findings, Owner
from .fingerprint import content_of
from .muting import Muted, Muting
from .placing import locator_of, place_whole
from .plan import Bound, Named, bounds_of
from .precheck import StandIns, wanted
from .sidecar_rules import of_sidecars
from .traversal import Traversal

if TYPE_CHECKING:
    from .cells import Locator


class Diagnosed(Struct, frozen=True):
    """The outcome for one file; `rows` are the facts of its documents, if corpus rules want any.

    `rejected` are the indexes of the rejected documents, if the file may hold many. `blocked` says
    that the content of the file could not be read. `muted` counts suppressed findings, by the
    number of the suppression (`muting`). `fixed` is what was mended in the file before.
    """

    totals: Totals
    diagnostics: tuple[Diagnostic, ...]
    rows: Rows
    rejected: list[int] = field(default_factory=list)
    blocked: bool = False
    muted: Counter[int] = field(default_factory=Counter)
    fixed: Fixed | None = None


class Exact:
    """Finds, for one file after the other, the findings of a profile's rules and the figures.

    At most `limit` findings of a rule are kept for a file. Facts of very many documents go into
    files in the directory `spool`, if there is one.
    """

    def __init__(self, bound: Bound, today: date, limit: int, spool: str = "") -> None:
        self._asked = asked = asked_of(bound)
        self._names, self._today = file_names(bound), today
        self._bounds, self._sidecar = bounds_of(bound), sidecar_form(bound.settings)
        self._limit, self._spool = limit, spool
        self._muting = Muting(bound.suppress, today)
        self._codes = frozenset(bound.rules)
        self._stand_ins = wanted(asked.rules.wording, divides=asked.divides)
        beside = of_sidecars(bound)
        self._beside = Exact(beside, today, limit) if beside else None

    def pages(self, path: bytes, data: bytes | None, packing: Packing | None) -> Pages:
        """The windows of a file, or of `data`, as this profile has them read."""
        members = array("q") if packing and self._asked.by_member else None
        return Pages(path, data, packing, self._bounds, members)

    def diagnose(
        self,
        file: Named,
        pages: Pages,
        known: Known = NOTHING,
        of: str = "",
        flaws: tuple[Unchecked, ...] = (),
        of_bytes: bool = False,
    ) -> Diagnosed:
        """The findings and figures of a file, whose bytes are `pages`.

        `of` is the path of the document, if the file is its sidecar. `flaws` say what is left out
        of the check. With `of_bytes` only the bytes are checked, not the documents. Raises OSError
        and BrokenStreamError when the file cannot be read to its end.
        """
        path, name = file.path, file.name
        newline = partial(self._line_end_of, pages)
        content = partial(content_of, pages, path)
        located = locator_of(name, pages) if self._bounds.rows else None
        found = self._begun(file, of, flaws, content, located, newline)
        place = self._names.place(file.where, name, self._today)
        place = replace(place, beside=file.beside.data) if file.beside.data is not None else place
        beside = self._said_beside(place, path, file.beside.flaws)
        mute = beside is not None and beside.blocked
        documents = None
        if self._asked.divider is not None and not of_bytes:
            documents = Documents(self._asked, found, self._spool, mute)
        stand_ins = StandIns(self._stand_ins, place.path, name)
        traversal = Traversal(self._asked, found, pages, place, documents, stand_ins, self._codes)
        size, unread, blocked = traversal.run(known)
        unread = unread or bool(flaws)
        diagnostics, totals = _told(found, size)
        if beside is not None:
            totals += replace(beside.totals, files=0, documents=0, rejected=0, unread=0, outside=0)
            diagnostics = tuple(sorted((*diagnostics, *beside.diagnostics), key=_in_order))
            unread = unread or beside.totals.unread > 0
        rows = documents.rows if documents else Rows(0)
        rejected = documents.rejected if documents and self._asked.divides else []
        count = documents.count if documents else Count(size=size if of_bytes else 0)
        totals += self._counted(count, totals, size, unread)
        muted = found.muted.used
        if beside is not None:
            muted = muted + beside.muted
        return Diagnosed(totals, diagnostics, rows, rejected, blocked, muted)

    def _line_end_of(self, pages: Pages) -> bytes:
        """The line end of a file, for fixes that write lines."""
        charsets = self._asked.charsets
        return line_end_of(view(pages, charsets) if charsets else pages, self._asked.settings)

    def unread(self, file: Named, flaw: Flaw, of: str = "") -> Diagnosed:
        """The findings and figures of a file that cannot be read; `flaw` says why."""
        found = self._begun(file, of, [flaw])
        diagnostics, totals = _told(found, 0)
        totals += self._counted(Count(), totals, 0, unread=True)
        rows = Rows(len(self._asked.facts.of_documents))
        return Diagnosed(totals, diagnostics, rows, blocked=True, muted=found.muted.used)

    def of_archive(self, file: Named, flaws: Collection[Flaw]) -> Diagnosed:
        """The findings and figures of an archive without its members: it is no document."""
        found = self._begun(file, "", flaws)
        diagnostics, totals = _told(found, 0)
        totals += Totals(files=int(bool(flaws)), unread=int(bool(flaws)))
        return Diagnosed(totals, diagnostics, Rows(0), muted=found.muted.used)

    def _begun(
        self,
        file: Named,
        of: str,
        flaws: Iterable[Flaw],
        content: Callable[[], bytes] | None = None,
        located: Locator | None = None,
        newline: Callable[[], bytes] = lambda: b"\n",
    ) -> Findings:
        """The findings of a file, so far those about its name, its path and `flaws`."""
        name = file.name
        owner = NOBODY if self._asked.divides else Owner(1, self._names.document_id(name))
        own = name or os.path.basename(os.fsencode(file.path))
        muted = Muted(self._muting, file.path, own, file.archive)
        found = Findings(
            file.path, owner, self._limit, of, content, muted, located, file.archive, newline
        )
        if name:
            place_whole(found, self._names.said_of(name))
        for folder in file.entered:
            place_whole(found, self._names.said_of_folder(folder))
        place_whole(found, self._asked.rules.wording.explained((*file.flaws, *flaws)))
        return found

    def _counted(self, count: Count, totals: Totals, size: int, unread: bool) -> Totals:
        """The documents of a file, whose findings are in `totals`."""
        if not self._asked.divides:
            # the file is the document: an error of one is an error of the other
            count = Count(1, int(totals.errors > 0), size)
        return Totals(
            files=1,
            documents=count.documents,
            rejected=count.rejected,
            unread=int(unread),
            outside=size - count.size,
        )

    def _said_beside(self, place: Place, of: str, flaws: tuple[Flaw, ...] = ()) -> Diagnosed | None:
        """The findings about the bytes of a document's sidecar file; None if there is none.

        What its metadata says is checked with the document. `flaws` of the sidecar are told, too.
        """
        if self._beside is None:
            return None
        from ..delimiters.beside import path_of  # few profiles have them

        path = path_of(place.path, self._sidecar)
        if INSIDE in path:
            return self._said_of_member(path, of)
        file, flaw = Named(os.fsdecode(path), b"", flaws=flaws), None
        if place.beside is not None:
            return self._beside.diagnose(file, Pages(path, place.beside), of=of)
        if not is_remote(path):
            if not os.path.lexists(path):
                return None
            flaw = odd(path, os.path.dirname(path) or b".")
        if flaw is not None:
            return self._beside.unread(file, flaw, of)
        try:
            return self._beside.diagnose(file, Pages(path), of=of)
        except OSError as error:
            if is_remote(path) and isinstance(error, FileNotFoundError):
                return None  # only this error tells that an object is not there
            return self._beside.unread(file, unreadable(error), of)

    def _said_of_member(self, path: bytes, of: str) -> Diagnosed | None:
        """The findings about the bytes of a sidecar that is a member of an archive, if any."""
        from ..file.archive import HELD, member_beside  # few documents are members of archives

        assert self._beside is not None
        found = member_beside(path, HELD)
        if found is None:
            return None
        file = Named(display_path(path), b"", archive=os.fsdecode(parted(path)[0]), place=path)
        return self._beside.diagnose(file, Pages(path, found[0]), of=of)


def _told(found: Findings, size: int) -> tuple[tuple[Diagnostic, ...], Totals]:
    """The kept findings of a file of `size` bytes, and the figures of all its findings."""
    kept = found.diagnostics()
    counts: Counter[Severity] = Counter()
    for (_, severity), number in found.counts.items():
        counts[severity] += number
    return kept, Totals.of_findings(counts, bytes=size, omitted=counts.total() - len(kept))


def _in_order(found: Diagnostic) -> tuple[str, int, str]:
    return found.path, found.byte_offset, found.code
