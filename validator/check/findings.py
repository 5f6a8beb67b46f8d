"""The one place where a hit becomes a diagnostic: code, severity, path and position are added."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import asdict, replace

from ..model import Diagnostic, ExcerptLine, Fix, Hit, Location, Related, Severity
from ..rules.rule import Rule
from ..text.lines import Window
from .edits import fix_of_file, in_window, with_line_ends
from .fingerprint import fingerprint, name_of, quoted, text_at
from .muting import Muted, nothing

if TYPE_CHECKING:
    from .cells import Locator

START = Location(1, 1)

REMEMBERED: Final = 1024
"""So many of the last errors about bytes are kept: flaws of parsers at these bytes are not told."""


class Owner(Struct, frozen=True):
    """The document that a finding is about: its index in the file, from 1, and its id.

    Index 0 stands for none: the finding is about the file, or about bytes between documents.
    """

    index: int = 1
    id: str = ""


NOBODY: Final = Owner(0)
ONLY: Final = Owner()
"""The only document of its file, without an id."""

Late = tuple[Rule, Severity, Hit, Owner | None]
"""A hit that waits for its window, and its document if that is known."""


class Position(Struct, frozen=True):
    """Where a hit stands: the fields of `Diagnostic` for that.

    They are computed while the window of the hit is at hand.
    """

    path: str
    location: Location = START
    end_location: Location = START
    byte_offset: int = 0
    byte_length: int = 0
    whole_file: bool = False
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    excerpt: tuple[ExcerptLine, ...] = ()
    of: str = ""
    byte_columns: tuple[int, int] = (0, 0)


class _Kept(Struct):
    """A hit that is told as soon as its document, and the number of omitted ones, are known.

    `text` is the text around it, for the fingerprint.
    """

    rule: Rule
    severity: Severity
    hit: Hit
    position: Position
    text: bytes
    owner: Owner


class Findings:
    """Collects the findings of one file: at most `limit` of a rule are kept, all are counted.

    A finding in a window of a sidecar file stands at the path of that (`Window.path`). If the file
    as a whole is a sidecar, `of` is the path of its document.

    In a file of many documents (`divided`) a finding about bytes is made before it is known to
    which document they belong. Such findings wait until their document claims them.

    `content` gives a digest of the file, for the fingerprints of findings about all of it. Findings
    that are `muted` are not taken in. `located` adds to hits their places in a table, if the file
    is one; `newline` gives the line end of the file. `archive` is the path of the archive that the
    file is a member of.
    """

    def __init__(
        self,
        path: str,
        owner: Owner,
        limit: int,
        of: str = "",
        content: Callable[[], bytes] | None = None,
        muted: Muted | None = None,
        located: Locator | None = None,
        archive: str = "",
        newline: Callable[[], bytes] = lambda: b"\n",
    ) -> None:
        self.path, self._archive = path, archive
        self._newline, self._own_newline = newline, b""
        self._located = located
        self.muted = nothing(path) if muted is None else muted
        self._content = content or (lambda: name_of(path))
        self.divided = owner is NOBODY
        self.counts: Counter[tuple[str, Severity]] = Counter()
        self._owner, self._of = owner, of
        self._limit = limit
        self._kept: list[_Kept] = []
        self._room: defaultdict[str, int] = defaultdict(int)
        self._waiting: list[tuple[int, bool, bool, int]] = []  # offset, error, late, which
        self._late: list[Late] = []
        self._places: dict[int, Location] = {}
        self._errors: deque[tuple[int, int]] = deque(maxlen=REMEMBERED)
        self._joined: list[tuple[int, int]] | None = None

    def remember(self, start: int, end: int) -> None:
        """Remember that an error about these bytes of the file has been told."""
        self._errors.append((start, end))
        self._joined = None

    def is_told(self, start: int, end: int) -> bool:
        """Whether an error about some of these bytes of the file has been told."""
        if self._joined is None:  # every document of a window may ask, and nothing comes between
            self._joined = _joined(self._errors)
        at = bisect_left(self._joined, (max(end, start + 1),))
        return at > 0 and start < self._joined[at - 1][1]

    def know(self, offset: int, window: Window) -> None:
        """Keep row and column of the byte `offset` of the file, which lies in this window.

        A hit in another window may be related to it.
        """
        self._places[offset] = window.location(offset - window.offset)

    def add(
        self,
        rule: Rule,
        severity: Severity,
        hit: Hit,
        window: Window | None,
        owner: Owner | None = None,
        related: tuple[Related, ...] = (),
    ) -> bool:
        """Take in a hit whose offsets count from the start of `window`, or of the file.

        Without an `owner` it waits to be claimed, or is about the only document of the file.
        `related` replaces the related places of the hit. False if the hit is muted.
        """
        severity = hit.severity or severity
        at = window.offset + hit.start if window is not None and hit.start >= 0 else -1
        if self.muted.mutes(rule, at, window.path if window is not None else ""):
            return False
        self.counts[rule.code, severity] += 1
        which = -1
        if not self._limit or self._room[rule.code] < self._limit:
            self._room[rule.code] += 1
            which = len(self._kept)
            if self._located is not None and window is not None and at >= 0:
                hit = self._located(hit, window)
            position = self._position(hit, window, related)
            text = text_at(window, hit.start) if window is not None and at >= 0 else b""
            self._kept.append(_Kept(rule, severity, hit, position, text, owner or self._owner))
        if owner is None and self.divided and at >= 0:
            self._wait(at, severity, False, which)
        return True

    def postpone(
        self, rule: Rule, severity: Severity, hit: Hit, owner: Owner | None = None
    ) -> bool:
        """Take in a hit whose offsets count from the file's start and whose window is not at hand.

        False if it is muted.
        """
        severity = hit.severity or severity
        if self.muted.mutes(rule, hit.start):
            return False
        at = -1
        if not self._limit or self._room[rule.code] < self._limit:
            self._room[rule.code] += 1
            at = len(self._late)
            self._late.append((rule, severity, hit, owner))
        else:
            self.counts[rule.code, severity] += 1
        if owner is None and self.divided and hit.start >= 0:
            self._wait(hit.start, severity, True, at)
        return True

    def take_late(self) -> list[Late]:
        """The postponed hits with their owners; the caller adds them again with their windows."""
        late, self._late = self._late, []
        # What no document has claimed yet waits again when it is added.
        self._waiting = [one for one in self._waiting if not one[2] or one[3] < 0]
        heapify(self._waiting)
        for rule, *_ in late:
            self._room[rule.code] -= 1
        return late

    def _wait(self, offset: int, severity: Severity, late: bool, which: int) -> None:
        heappush(self._waiting, (offset, severity is Severity.ERROR, late, which))

    def claim(self, start: int, end: int, owner: Callable[[], Owner]) -> bool:
        """Give the findings that wait in `start:end` to a document; True if one is an error.

        Documents come in order, so findings that wait before `start` belong to none.
        """
        rejected = False
        waiting = self._waiting
        while waiting and waiting[0][0] < end:
            at, is_error, late, which = heappop(waiting)
            if at < start:
                continue
            rejected = rejected or is_error
            if which < 0:
                continue
            if late:
                self._late[which] = (*self._late[which][:3], owner())
            else:
                self._kept[which].owner = owner()
        return rejected

    def waits_before(self, end: int) -> bool:
        """Whether a finding before this byte of the file waits for its document."""
        return bool(self._waiting) and self._waiting[0][0] < end

    def first(self, rule: Rule, severity: Severity, hits: Iterable[Hit]) -> Iterator[Hit]:
        """The hits up to the limit; the others are counted, and never held in memory."""
        rest = iter(hits)
        if self._limit:
            yield from islice(rest, self._limit)
            more = sum(1 for _ in rest)
            if not self.muted.whole(rule, more):
                self.counts[rule.code, severity] += more
        yield from rest

    def drop(self, codes: frozenset[str]) -> None:
        """Forget the findings of these rules: an earlier fault made them meaningless."""
        self._kept = [one for one in self._kept if one.rule.code not in codes]
        self._waiting = []
        for key in [key for key in self.counts if key[0] in codes]:
            del self.counts[key]

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The kept findings, in order; the last of a capped rule says how many more there are."""
        kept = sorted(
            self._kept, key=lambda one: (one.position.path, one.position.byte_offset, one.rule.code)
        )
        last = {one.rule.code: at for at, one in enumerate(kept)}
        omitted: dict[int, list[int]] = {}
        for (code, _), count in self.counts.items() if self._limit else ():
            if count > self._limit:
                omitted.setdefault(last[code], []).append(count - self._limit)
        names = _fingerprints(kept, self.divided, self._content)
        return tuple(
            self._told(one, name, omitted.get(at, ()))
            for at, (one, name) in enumerate(zip(kept, names, strict=True))
        )

    def _told(self, one: _Kept, known: str, omitted: Iterable[int]) -> Diagnostic:
        rule, hit = one.rule, one.hit
        notes, data = hit.notes, hit.data
        for more in omitted:
            notes, data = (*notes, not_shown(more)), {**data, "omitted": more}
        return Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=one.severity,
            message=hit.message,
            document_index=one.owner.index,
            document_id=one.owner.id,
            help=hit.help,
            label=hit.label,
            notes=notes,
            fingerprint=known,
            data=data,
            divided=self.divided,
            archive=self._archive,
            kind=rule.kind,
            **asdict(one.position),
        )

    def _position(self, hit: Hit, window: Window | None, related: tuple[Related, ...]) -> Position:
        if hit.start < 0 or window is None:  # the file as a whole stands at its first byte
            return Position(self.path, whole_file=True, fix=hit.fix, related=related, of=self._of)
        path = window.path or self.path
        offset = window.origin(hit.start)
        fix = with_line_ends(hit.fix, self._line_end)
        span, *spans = window.spans([(hit.start, hit.end), *in_window(fix, window)])
        return Position(
            path,
            span.start,
            span.end,
            offset,
            window.origin(hit.end) - offset,
            False,
            fix_of_file(fix, window, tuple(spans)),
            related or self._related(hit, window, path),
            window.excerpt(hit.start, hit.end),
            self._of or (self.path if window.path else ""),
            (span.start_byte, span.end_byte),
        )

    def _line_end(self) -> bytes:
        """The line end of the file; found out once, when a fix writes lines."""
        if not self._own_newline:
            self._own_newline = self._newline()
        return self._own_newline

    def _related(self, hit: Hit, window: Window, path: str) -> tuple[Related, ...]:
        """The other places of the hit whose row and column are known."""
        found = []
        for one in hit.related:
            place = one.place
            if place is None and 0 <= one.start <= len(window.data):
                place = window.location(one.start)
            elif place is None:
                place = self._places.get(window.offset + one.start)
            if place is not None and place != window.location(hit.start):
                found.append(Related(path, one.message, place, self._archive))
        return tuple(found)


def not_shown(number: int) -> str:
    """The note on the last kept finding of a rule in a file: so many more were only counted."""
    return f"{number} more of these in this file are not shown (`--limit 0` shows all)"


def with_omitted(found: Diagnostic, number: int) -> Diagnostic:
    """The finding with its note of omitted ones changed to `number`; without a note if it is 0."""
    before = found.data.get("omitted")
    if (before or 0) == number:
        return found
    notes = [note for note in found.notes if not (before and note == not_shown(int(str(before))))]
    data = {key: value for key, value in found.data.items() if key != "omitted"}
    if number:
        notes, data = [*notes, not_shown(number)], {**data, "omitted": number}
    return replace(found, notes=tuple(notes), data=data)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order; those that share bytes are joined into one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _fingerprints(
    kept: Iterable[_Kept], divided: bool, content: Callable[[], bytes]
) -> Iterator[str]:
    """The fingerprint of each finding of a file, in their order."""
    seen: defaultdict[tuple[str, str, str, bytes], int] = defaultdict(int)
    whole = b""
    for one in kept:
        text = one.text
        if one.position.whole_file:
            text = whole = whole or content()
        document = one.owner.id if divided else ""
        word = "" if one.rule.family == "FIL" else quoted(one.hit.message)  # it is the name
        key = one.rule.code, word, document, text
        seen[key] += 1
        yield fingerprint(*key, seen[key])
