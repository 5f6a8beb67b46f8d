"""One file fixed: read again, mended in memory, proved, written; and what is said of it then."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from msgspec import Struct
from msgspec.structs import replace
from xxhash import xxh3_128_digest

from ..check.exact import Diagnosed
from ..check.plan import Named, Part, Plan
from ..check.stages import Stages
from ..file.compression import packing_of
from ..file.reading import Pages
from ..file.repacking import UnlikeError, repacked
from ..file.replacing import Original, RefusedError, Replacement, original, replacement
from ..file.streams import BrokenStreamError
from ..model import Fixed, Flaw, Unfixed, Unwritten
from ..rules.catalog import catalog
from .backup import keep
from .choosing import repair_of
from .patch import patch, shown
from .rounds import Mended, Mender
from .wanted import Fixing

MANIFEST = (
    "a manifest says what the file holds, and would be wrong then",
    "fix the files under a profile that names no manifest, and write the manifest anew",
)
"""Why the files of a manifest with digests stay as they are, and what is to be done."""

HELD = 1 << 19
"""Bytes of a file that is fixed in memory; a larger one goes through it piece by piece."""


class Task(Struct, frozen=True):
    """A file of a part that is to be fixed. `head` is what was read of it first.

    `file` is how it is spoken of.
    """

    part: Part
    name: bytes
    head: bytes
    file: Named

    @property
    def path(self) -> bytes:
        """Where it lies."""
        return self.part.folder + self.name


Said = tuple[Diagnosed, bytes | None]
"""What is to be said of a file, and the digest of its content if that is wanted."""


class Done(Struct, frozen=True):
    """What is `said` of a file that was fixed, and its new bytes, if they wait to be `written`.

    `instead` is what is to be said where they could not be, for this reason; `held` is how many
    bytes that keeps in memory.
    """

    said: Said
    written: Replacement | None = None
    instead: Callable[[str], Said] | None = None
    held: int = 0

    def settled(self) -> Said:
        """What is to be said when the new bytes have taken their place, or could not."""
        if self.written is not None and self.instead is not None:
            try:
                self.written.finish()
            except RefusedError as error:
                return self.instead(str(error))
        return self.said


class Fixer:
    """Fixes the files of one profile."""

    def __init__(self, plan: Plan, profile: int, stages: Stages, fixing: Fixing) -> None:
        self._plan, self._stages, self._fixing = plan, stages, fixing
        bound = plan.profiles[profile]
        self._mender = Mender(bound, plan.today, unsafe=fixing.unsafe)

    def wanted(self, found: Diagnosed, file: Named) -> bool:
        """Whether there is something to fix in a file of which this is to be said."""
        unsafe = self._fixing.unsafe
        return found.totals.omitted > 0 or any(
            repair_of(one, file.path, unsafe=unsafe) for one in found.diagnostics
        )

    def fixed(self, task: Task, found: Diagnosed) -> Done | None:
        """What comes of a file that is to be fixed; None if there is nothing to do.

        `found` is what was said of it before.
        """
        try:
            old = original(task.path, HELD)
        except RefusedError:
            return None  # it is gone or changing; what was said of it stands
        data = self._unpacked(task, old)
        if data is None:
            return None
        first = found if data == task.head and not found.totals.omitted else None
        mended = self._mender.mend(task.file, task.path, data, first)
        if not mended.counts and not mended.refused:
            return None
        why, remedy = self._must_stay(task) if mended.counts else ("", "")
        if why:
            refused = dict.fromkeys(mended.counts, why)
            mended = replace(mended, data=data, counts={}, refused=refused)
        flaws = tuple(
            Unfixed(code, catalog().rules[code].name, reason, remedy)
            for code, reason in sorted(mended.refused.items())
        )
        return self._told(task, old, data, mended, flaws)

    def _unpacked(self, task: Task, old: Original) -> bytes | None:
        """The document in a file; None where it is too large to be held, or cannot be read."""
        packing = packing_of(task.name)
        if packing is None or old.data is None:
            return old.data
        try:
            with Pages(task.path, old.data, packing, self._stages.bounds).open() as file:
                data = file.read(HELD + 1)
        except BrokenStreamError:
            return None
        return data if len(data) <= HELD else None

    def _must_stay(self, task: Task) -> tuple[str, str]:
        """Why a file must not be changed, whatever is wrong with it, and what is to be done."""
        if self._stages.facts.disk:
            return MANIFEST
        if packing_of(task.name) and self._stages.by_member:
            return "each member of the compressed file holds a document", ""
        return "", ""

    def _told(
        self, task: Task, old: Original, before: bytes, mended: Mended, flaws: tuple[Flaw, ...]
    ) -> Done:
        """Begin to write what was mended; `before` is the document as it was."""
        if not mended.counts or not self._fixing.write or self._is_another(task, old):
            return Done(self._said(task, old, before, mended, flaws))
        instead = partial(self._unwritten, task, old, before, mended)
        try:
            written = self._write(task, old, mended.data)
        except RefusedError as error:
            return Done(instead(str(error)))
        said = self._said(task, old, before, mended, flaws)
        return Done(said, written, instead, len(before) + len(mended.data))

    def _unwritten(
        self, task: Task, old: Original, before: bytes, mended: Mended, why: str
    ) -> Said:
        """What is to be said of a file that stays as it was, since it could not be written."""
        mended = replace(mended, counts={}, data=before)
        return self._said(task, old, before, mended, (Unwritten(why),))

    def _said(
        self, task: Task, old: Original, before: bytes, mended: Mended, flaws: tuple[Flaw, ...]
    ) -> Said:
        data = mended.data
        found = self._left(task, mended, flaws)
        if data != before and not self._is_another(task, old):
            change = patch(task.file.path, before, data) if self._fixing.patch else b""
            change = shown(change) if packing_of(task.name) else change
            found = replace(found, fixed=Fixed(task.file.path, mended.counts, change))
        facts = self._stages.facts
        wanted = facts.content and not facts.rows and found.totals.bytes
        return found, xxh3_128_digest(data) if wanted else None

    def _write(self, task: Task, old: Original, data: bytes) -> Replacement:
        """Raises RefusedError where it cannot be."""
        assert old.data is not None
        raw = self._packed(task, old.data, data)
        if self._fixing.backup:
            keep(self._fixing.backup, old, old.data, raw)
        return replacement(old, [raw], keep_times=self._fixing.keep_times)

    def _packed(self, task: Task, old: bytes, data: bytes) -> bytes:
        """The bytes of the file that holds a document, compressed if its name says so."""
        packing = packing_of(task.name)
        if packing is None:
            return data
        try:
            raw = b"".join(repacked(old, packing, [data]))
            with Pages(task.path, raw, packing).open() as file:
                same = file.read(len(data) + 1) == data
        except (UnlikeError, BrokenStreamError) as error:
            raise RefusedError(str(error)) from None
        if not same:
            raise RefusedError("what was compressed does not expand to the same bytes")
        return raw

    def _left(self, task: Task, mended: Mended, flaws: tuple[Flaw, ...]) -> Diagnosed:
        """What is left to be said of a file that now holds what was mended."""
        limit = self._plan.limit
        counts: dict[str, int] = {}
        for one in mended.found.diagnostics:
            counts[one.code] = counts.get(one.code, 0) + 1
        few = not limit or max(counts.values(), default=0) <= limit
        if few and not flaws:
            return mended.found
        file = task.file
        file = replace(file, flaws=(*file.flaws, *flaws))
        return self._stages.salvage.diagnose(file, Pages(task.path, mended.data))

    def _is_another(self, task: Task, old: Original) -> bool:
        """Whether the file is fixed under another name: that of what a link leads to."""
        return old.by_link and os.fsdecode(task.path) not in self._plan.roots
