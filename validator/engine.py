"""Screen, then diagnose: clean files cost a few C calls, exact and slow code sees the others.

An engine lives in a worker. It gets parts, it returns reports, and it knows no rule by name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard, cast

from xxhash import xxh3_128, xxh3_128_digest

from .declared import small_views
from .diagnosis import diagnose
from .duty import Duty
from .failures import Unchecked
from .fields import CONTENT
from .model import Diagnostic, Flaw, Report, Totals
from .packing import Packing, packed, packing_of
from .patterns import Spans
from .plan import Part, Plan
from .source import SMALL, Pages, read_heads, unpacked_head, unreadable
from .streams import BrokenStreamError
from .utf8 import all_utf8

FLOCK: Final = 32
"""Small files screened together: enough to spare calls, few enough to stay in the cache."""

_NOWHERE: Final = (-1, -1)
"""The span of a group that took no part."""

_ANY: Final[Spans] = [(0, 0)]
"""Stands for the spans of a name that need not match anything."""


class Engine:
    """Checks parts under a plan. Pickles as its plan; what it compiles stays in the process."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._duties: list[Duty] = []

    def __reduce__(self) -> tuple[type[Engine], tuple[Plan]]:
        return Engine, (self._plan,)

    def __call__(self, part: Part) -> Report:
        """The report of a part. What goes wrong with a single file is a finding in it."""
        if not self._duties:
            self._duties = [Duty(bound) for bound in self._plan.profiles]
        return self._check(self._duties[part.profile], part)

    def give_up(self, part: Part, failure: Unchecked) -> Report:
        """The report of a part whose worker did not live to write one."""
        odd = dict.fromkeys(part.names, failure)
        return self(Part(part.profile, part.folder, part.names, odd, part.shown))

    def _check(self, duty: Duty, part: Part) -> Report:
        """Go over the files of a part; only those that are not plainly clean are diagnosed."""
        names = part.names
        compressed = packed(names)
        fit = duty.spans if compressed else duty.fit
        captures = [fit(name) for name in names] if fit else [_ANY] * len(names)
        misnamed = duty.odd_names(names)
        if None in captures:
            misnamed.update(name for name, found in zip(names, captures, strict=True) if not found)
        digests: list[bytes | None] = []
        files = size = 0
        totals = Totals()
        diagnostics: list[Diagnostic] = []
        for start in range(0, len(names), FLOCK):
            flock = names[start : start + FLOCK]
            heads = read_heads(part.folder, flock, part.odd)
            if compressed:
                heads = [
                    _document(duty, *pair, compressed) for pair in zip(flock, heads, strict=True)
                ]
            if misnamed.isdisjoint(flock) and clean(heads, duty):
                files, size = files + len(heads), size + sum(map(len, heads))
                if duty.wants_content:
                    digests += map(xxh3_128_digest, heads)
                continue
            for name, head in zip(flock, heads, strict=True):
                alone = [head]
                if name not in misnamed and clean(alone, duty):
                    files, size = files + 1, size + len(alone[0])
                    digests.append(xxh3_128_digest(alone[0]))
                else:
                    own, found, digest = self._diagnose(duty, part, name, head)
                    totals += own
                    diagnostics += found
                    digests.append(digest)
        totals += Totals(files=files, documents=files, bytes=size)
        columns = tuple(
            digests if fact == CONTENT else _captured(names, captures, group)
            for fact, group in zip(duty.facts, duty.groups, strict=True)
        )
        return Report(totals, tuple(diagnostics), columns)

    def _diagnose(
        self, duty: Duty, part: Part, name: bytes, head: bytes | Flaw
    ) -> tuple[Totals, tuple[Diagnostic, ...], bytes | None]:
        """`diagnose`, where a defect of ours costs this file and not the run; and the digest."""
        path = part.shown or os.fsdecode(part.folder + name)
        known = b"" if part.nameless else name
        limit = self._plan.limit
        if isinstance(head, Flaw):
            return (*diagnose(duty, path, known, None, head, limit), None)
        data = head if len(head) < SMALL else None
        packing = packing_of(name) if data is None and not part.nameless else None
        pages = Pages(part.folder + name, data, packing, duty.bounds)
        try:
            totals, found = diagnose(duty, path, known, pages, None, limit)
            return totals, found, _digest(pages) if duty.wants_content and totals.bytes else None
        except OSError as error:
            return (*diagnose(duty, path, known, None, unreadable(error), limit), None)
        except BrokenStreamError as error:
            return (*diagnose(duty, path, known, None, error.flaw, limit), None)
        except Exception as error:  # noqa: BLE001 - one file, not the run
            defect = Unchecked("defect", f"{type(error).__name__} {_place_of(error)}")
            return (*diagnose(duty, path, known, None, defect, limit), None)


def clean(heads: list[bytes | Flaw], duty: Duty) -> TypeGuard[list[bytes]]:
    """Whether files are small, hold text, and give no rule that looks at bytes a clue.

    Every step is a C call for all of them: a clean file should cost little more than being read.
    """
    texts = cast(list[bytes], heads)
    try:
        sizes = list(map(len, texts))
    except TypeError:  # a flaw has no length
        return False
    if duty.charsets and max(sizes) < SMALL:
        views = small_views(texts, duty.charsets)
        if views is None:
            return False
        texts = views
    if not 0 < min(sizes) <= max(sizes) < SMALL:
        return False
    others = [text for text in texts if not text.isascii()]
    return (
        not duty.suspicious.any(texts, others)
        and all_utf8(others)
        and True not in map(bytes.isspace, texts)
    )


def _document(
    duty: Duty, name: bytes, head: bytes | Flaw, compressed: Mapping[bytes, Packing]
) -> bytes | Flaw:
    """The head of the document in a file: that of the file, or of what it expands to."""
    packing = compressed.get(name)
    if packing is None or isinstance(head, Flaw):
        return head
    return unpacked_head(head, packing, duty.bounds)


def _captured(
    names: Sequence[bytes], captures: Sequence[Spans | None], group: int | None
) -> list[bytes | None]:
    """What a group of the pattern captures in each name; None where it captures nothing."""
    if group is None:
        return [None] * len(names)
    if None not in captures:
        spans = [found[group] for found in captures if found]
        if _NOWHERE not in spans:
            return [name[start:end] for name, (start, end) in zip(names, spans, strict=True)]
    return [
        name[spans[group][0] : spans[group][1]] if spans and spans[group] != _NOWHERE else None
        for name, spans in zip(names, captures, strict=True)
    ]


def _digest(pages: Pages | None) -> bytes | None:
    if pages is None:
        return None
    if pages.data is not None:
        return xxh3_128_digest(pages.data)
    digest = xxh3_128()
    for window in pages:
        digest.update(window.data)
    return digest.digest()


def _place_of(error: BaseException) -> str:
    """The place in the code where an error was raised, for a report to us."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"in {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
