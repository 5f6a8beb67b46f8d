"""Files fixed: edited in memory, proved, written; and what is reported of each afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace
from xxhash import xxh3_128_digest

from ..check.exact import Diagnosed
from ..check.plan import Named, Plan
from ..check.stages import Stages
from ..file.compression import packing_of
from ..file.originals import Original, RefusedError, original, plain_original
from ..file.reading import Pages
from ..file.repacking import UnlikeError, repacked
from ..file.replacing import Replacement, replacement
from ..file.streams import BrokenStreamError
from ..model import Diagnostic, Fixed, Flaw, Unwritten
from .backup import keep
from .choosing import repair_of
from .large import LargeFixer
from .patch import shown_for
from .rounds import Mended, Mender, Text
from .task import HELD, Done, Said, Task, unfixed
from .wanted import Fixing

_MANIFEST = (
    "a manifest says what the file holds, and would be wrong then",
    "fix the files under a profile that names no manifest, and write the manifest anew",
)
"""Why files of a manifest with digests are not fixed, and what to do instead."""


class Held(Struct, frozen=True):
    """A file to be fixed, with its document in memory; `first` is all that was found in it.

    None if that is not known in full.
    """

    task: Task
    old: Original
    data: bytes
    first: Diagnosed | None


class Fixer:
    """Fixes the files of one profile."""

    def __init__(self, plan: Plan, profile: int, stages: Stages, fixing: Fixing) -> None:
        self._plan, self._stages, self._fixing = plan, stages, fixing
        bound = plan.profiles[profile]
        self._mender = Mender(bound, plan.today, unsafe=fixing.unsafe)
        self._large = LargeFixer(plan, profile, stages, fixing, self._mender)

    def wanted(self, found: Diagnosed, file: Named) -> bool:
        """Whether a file may have something to fix; `found` is what was found in it."""
        unsafe = self._fixing.unsafe
        return found.totals.omitted > 0 or any(
            repair_of(one, file.path, unsafe=unsafe) for one in found.diagnostics
        )

    def plain(self, task: Task, found: Diagnosed) -> Held | None:
        """A file that was read in full, ready to be fixed; None if it must be read again.

        `found` is what was found in it.
        """
        if packing_of(task.name):
            return None
        old = plain_original(task.path, task.head)
        return Held(task, old, task.head, _all_of(found)) if old else None

    def fixed_again(self, task: Task, found: Diagnosed) -> Done | None:
        """Read a file again and fix it; None if there is nothing to do.

        `found` is what was found in it before.
        """
        try:
            old = original(task.path, HELD)
        except RefusedError:
            return None  # it is gone or changing: the first findings stay as they are
        try:
            data = self.unpacked(task, old)
        except BrokenStreamError:
            return None
        if data is None:
            return self._large.fixed(task, old, found, *self.must_stay(task))
        first = _all_of(found) if data == task.head else None
        return self.fixed([Held(task, old, data, first)])[0]

    def fixed(self, files: Sequence[Held]) -> list[Done | None]:
        """The results of fixing these files, in order; None for one with nothing to do."""
        texts = [Text(one.task.file, one.task.path, one.data, one.first) for one in files]
        return [*map(self._done, files, self._mender.mend_all(texts))]

    def _done(self, file: Held, mended: Mended) -> Done | None:
        if not mended.counts and not mended.refused:
            return None
        return self._told(file, *self.allowed(file.task, file.data, mended))

    def allowed(self, task: Task, before: bytes, mended: Mended) -> tuple[Mended, tuple[Flaw, ...]]:
        """What may be written of `mended`: nothing if the file must stay as it is, `before`.

        Also the flaws that say which fixes were not made, and why.
        """
        why, remedy = self.must_stay(task) if mended.done else ("", "")
        if why:
            refused = dict.fromkeys(mended.counts, why)
            mended = replace(mended, data=before, done=(), refused=refused)
        return mended, unfixed(mended.refused, remedy)

    def unpacked(self, task: Task, old: Original) -> bytes | None:
        """The document in a file; None if it is too large to be held. Raises BrokenStreamError."""
        packing = packing_of(task.name)
        if packing is None or old.data is None or packing.rows:
            return old.data if packing is None else None
        with Pages(task.path, old.data, packing, self._stages.bounds).open() as file:
            data = file.read(HELD + 1)
        return data if len(data) <= HELD else None

    def must_stay(self, task: Task) -> tuple[str, str]:
        """Why a file must never be changed, and what to do instead; both empty if it may be."""
        if self._stages.facts.disk:
            return _MANIFEST
        if packing_of(task.name) and self._stages.by_member:
            return "each member of the compressed file holds a document", ""
        return "", ""

    def _told(self, file: Held, mended: Mended, flaws: tuple[Flaw, ...]) -> Done:
        """The result for a file; its new bytes, if any, are written but not yet in its place."""
        if not mended.counts or not self._fixing.write or self._is_another(file):
            return Done(self._said(file, mended, flaws))
        instead = partial(self._unwritten, file, mended)
        try:
            written = self.write(file.task, file.old, mended.data)
        except RefusedError as error:
            return Done(instead(str(error)))
        said = self._said(file, mended, flaws)
        return Done(said, written, instead, len(file.data) + len(mended.data))

    def _is_another(self, file: Held) -> bool:
        return file.task.is_another(file.old, self._plan.roots)

    def _unwritten(self, file: Held, mended: Mended, why: str) -> Said:
        """The report of a file that stays as it was because it could not be written: `why`."""
        return self._said(file, replace(mended, done=(), data=file.data), (Unwritten(why),))

    def _said(self, file: Held, mended: Mended, flaws: tuple[Flaw, ...]) -> Said:
        task, data = file.task, mended.data
        found = self._left(task, mended, flaws)
        if data != file.data and not self._is_another(file):
            change = b""
            if self._fixing.patch:
                change = shown_for(task.name, task.file.path, file.data, data)
            found = replace(found, fixed=Fixed(task.file.path, mended.counts, change))
        facts = self._stages.facts
        wanted = facts.content and not facts.rows and found.totals.bytes
        return found, xxh3_128_digest(data) if wanted else None

    def write(self, task: Task, old: Original, data: bytes) -> Replacement:
        """A new file with the document `data`, beside the old one; see `write_bytes`."""
        assert old.data is not None
        return self.write_bytes(old, self._packed(task, old.data, data))

    def write_bytes(self, old: Original, new: bytes) -> Replacement:
        """A new file beside an old one, which is backed up first if asked. Raises RefusedError."""
        if self._fixing.backup:
            digest = sha256(new, usedforsecurity=False).hexdigest()
            keep(self._fixing.backup, old, [old.data or b""], digest)
        return replacement(old, [new], keep_times=self._fixing.keep_times)

    def _packed(self, task: Task, old: bytes, data: bytes) -> bytes:
        """The bytes of the file that holds a document, compressed if its name says so."""
        packing = packing_of(task.name)
        if packing is None:
            return data
        try:
            raw = repacked(old, packing, data)
            with Pages(task.path, raw, packing).open() as file:
                same = file.read(len(data) + 1) == data
        except (UnlikeError, BrokenStreamError) as error:
            raise RefusedError(str(error)) from None
        if not same:
            raise RefusedError("what was compressed does not expand to the same bytes")
        return raw

    def _left(self, task: Task, mended: Mended, flaws: tuple[Flaw, ...]) -> Diagnosed:
        """What is found in a file after its fixes, with the flaws of fixes that were not made."""
        if not flaws and _are_few(mended.found.diagnostics, self._plan.limit):
            return mended.found
        file = task.file
        file = replace(file, flaws=(*file.flaws, *flaws))
        return self._stages.salvage.diagnose(file, Pages(task.path, mended.data))


def _all_of(found: Diagnosed) -> Diagnosed | None:
    """What was found in a file; None if some findings were left out."""
    return None if found.totals.omitted else found


def _are_few(findings: Iterable[Diagnostic], limit: int) -> bool:
    """Whether there are at most `limit` findings of each rule; 0 is no limit."""
    counts = Counter(one.code for one in findings) if limit else {}
    return max(counts.values(), default=0) <= limit
