"""A large file fixed piece by piece: only one piece is in memory at a time.

Each piece is fixed and proved as a small file is. The new pieces are written beside the file,
compressed as it was, and the result is checked as a whole: of each rule, as many findings must be
gone as were fixed, and none may be new. So a finding that a piece has only because it is a piece
changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec.structs import replace
from xxhash import xxh3_128

from ..check.exact import Diagnosed
from ..check.plan import Plan
from ..check.stages import Stages
from ..file.compression import Packing, packing_of
from ..file.originals import Original, RefusedError, blocks_of, digest_of, with_digest
from ..file.reading import WINDOW, Pages, windows_of
from ..file.repacking import Repacker, UnlikeError
from ..file.replacing import Replacement, replacement
from ..file.streams import BrokenStreamError, Inflated
from ..model import Fixed, Flaw, Unwritten
from .backup import keep
from .choosing import Chosen, repair_of
from .large_pieces import Heads, LongError, Piece, pieces
from .proving import cut_short, gained, left_over
from .rounds import Mender, Text
from .task import Done, Said, Task, unfixed
from .wanted import Fixing

_TRIES: Final = 8
"""How often a file is tried at most, each time without the rules whose fixes were refused."""

_ONCE: Final = "line-ends"
"""The recipe of a fix that is one finding of the file, and is made in each of its pieces."""


class _Mending:
    """One try: what is fixed in the pieces of a file, and why some findings are not."""

    def __init__(self, mender: Mender, task: Task, refused: Mapping[str, str]) -> None:
        self._mender, self._file = mender, replace(task.file, entered=(), flaws=())
        self.refused = {**refused}
        self.counts: Counter[str] = Counter()
        self.gone: Counter[str] = Counter()
        self.kinds: dict[tuple[str, str], Chosen] = {}
        self.digest = xxh3_128()

    def mended(self, piece: Piece) -> bytes:
        """The bytes of a piece after its fixes."""
        if not piece.data:
            return b""
        data, last, refused = piece.data, piece.last, self.refused
        text = Text(self._file, b"", data, piece=True, last=last, refused=refused)
        (found,) = self._mender.mend_all([text])
        self.refused.update(found.refused)
        own, gone = Counter(found.counts), Counter(one.code for one in found.done[: found.first])
        for one in found.done:
            self.kinds[one.group] = one
            if one.fix.recipe.startswith(_ONCE):
                own[one.code] = gone[one.code] = int(not self.counts[one.code])
        self.counts += own
        self.gone += gone
        self.digest.update(found.data)
        return found.data


class LargeFixer:
    """Fixes the large files of one profile."""

    def __init__(
        self, plan: Plan, profile: int, stages: Stages, fixing: Fixing, mender: Mender
    ) -> None:
        self._plan, self._bound, self._stages = plan, plan.profiles[profile], stages
        self._fixing, self._mender = fixing, mender

    def fixed(
        self, task: Task, old: Original, found: Diagnosed, why: str, remedy: str
    ) -> Done | None:
        """The result of fixing a file; None if there is nothing to do, or nothing can be done.

        `found` is what was found in it before. `why` says why it must stay as it is, and `remedy`
        what to do instead; both empty if it may be changed.
        """
        packing = packing_of(task.name)
        if not self._fixing.write or self._stages.charsets or (packing and packing.rows):
            return None
        unsafe, path = self._fixing.unsafe, task.file.path
        fixable = {one.code for one in found.diagnostics if repair_of(one, path, unsafe=unsafe)}
        try:
            refused: Mapping[str, str] = dict.fromkeys(fixable, why)
            if not why:
                done = self._rewritten(task, with_digest(old), found, packing)
                if done is None or isinstance(done, Done):
                    return done
                refused = done
        except (UnlikeError, LongError) as error:
            refused = dict.fromkeys(fixable, str(error))
        except RefusedError as error:
            return Done(self._left(task, (Unwritten(str(error)),)))
        except BrokenStreamError:
            return None  # this is a finding already, or the file has changed since
        return Done(self._left(task, unfixed(refused, remedy)))

    def _rewritten(
        self, task: Task, old: Original, found: Diagnosed, packing: Packing | None
    ) -> Done | Mapping[str, str] | None:
        """The result; or, by code, why the fixes of rules cannot be made; None: nothing to fix.

        Raises RefusedError, BrokenStreamError, UnlikeError, LongError.
        """
        refused: Mapping[str, str] = {}
        for _ in range(_TRIES):
            mending = _Mending(self._mender, task, refused)
            blocks = self._blocks(task, old, packing, mending)
            new = replacement(old, blocks, keep_times=self._fixing.keep_times)
            done: Done | None = None
            try:
                if not mending.counts:
                    return mending.refused or None
                after = self._checked(task, new, mending)
                blamed = _objections(found, after, mending)
                if not blamed:
                    done = self._done(task, old, new, after, mending)
                    return done
                refused = {**mending.refused, **blamed}
            finally:
                if done is None or done.written is None:
                    new.drop()
        return refused

    def _blocks(
        self, task: Task, old: Original, packing: Packing | None, mending: _Mending
    ) -> Iterator[bytes]:
        """The bytes of the new file, block by block, while the old one is read."""
        place = self._mender.place(task.file)
        if packing is None:
            for piece in pieces(Pages(old.path), self._bound, place):
                yield mending.mended(piece)
            return
        heads: Heads = []
        raw, packer = Pages(old.path).stored(), Repacker(packing)
        with Inflated(raw, packing, self._stages.bounds, heads=heads) as file:
            for piece in pieces(windows_of(file), self._bound, place, heads):
                for head in piece.heads:
                    yield packer.begin(head)
                yield packer.add(mending.mended(piece))
        yield packer.end()

    def _checked(self, task: Task, new: Replacement, mending: _Mending) -> Diagnosed:
        """The findings of the new file. Raises RefusedError if it is not what was written."""
        if packing_of(task.name) and self._digest(task, new.path) != mending.digest.digest():
            raise RefusedError("what was compressed does not expand to the same bytes")
        return self._diagnosed(task, new.path)

    def _done(
        self, task: Task, old: Original, new: Replacement, after: Diagnosed, mending: _Mending
    ) -> Done:
        """The result for a file that is to be replaced by `new`. Raises RefusedError."""
        digest = mending.digest.digest() if after.totals.bytes else None
        if mending.refused:
            after = self._diagnosed(task, new.path, unfixed(mending.refused))
        if task.is_another(old, self._plan.roots):
            return Done(self._said(after, digest))  # the file is fixed under its own name, not here
        if self._fixing.backup:
            try:
                keep(self._fixing.backup, old, blocks_of(old.path), digest_of(new.path))
            except OSError as error:
                raise RefusedError(f"it cannot be read: {error.strerror}") from None
        after = replace(after, fixed=Fixed(task.file.path, dict(mending.counts)))
        said = self._said(after, digest)
        return Done(said, new, lambda why: self._left(task, (Unwritten(why),)))

    def _left(self, task: Task, flaws: tuple[Flaw, ...]) -> Said:
        """What is reported of a file that stays as it was, with these flaws."""
        after = self._diagnosed(task, task.path, flaws)
        try:
            return self._said(after, self._digest(task, task.path))
        except (OSError, BrokenStreamError):
            return after, None

    def _said(self, found: Diagnosed, digest: bytes | None) -> Said:
        facts = self._stages.facts
        return found, digest if facts.content and not facts.rows else None

    def _diagnosed(self, task: Task, path: bytes, flaws: tuple[Flaw, ...] = ()) -> Diagnosed:
        """The findings of the file at `path`, reported as those of the task's file, and flaws."""
        file = replace(task.file, flaws=(*task.file.flaws, *flaws))
        return self._stages.salvage.diagnose(file, self._pages(task, path))

    def _digest(self, task: Task, path: bytes) -> bytes:
        """The digest of the document in a file. Raises OSError, BrokenStreamError."""
        digest = xxh3_128()
        with self._pages(task, path).open() as file:
            while block := file.read(WINDOW):
                digest.update(block)
        return digest.digest()

    def _pages(self, task: Task, path: bytes) -> Pages:
        return self._stages.salvage.exact.pages(path, None, packing_of(task.name))


def _objections(before: Diagnosed, after: Diagnosed, mending: _Mending) -> Mapping[str, str]:
    """The codes of rules whose fixes must not be made, and why, by the findings of the whole file.

    Of each rule, as many findings must be gone as were fixed, and none may be new.
    """
    kinds = [*mending.kinds.values()]
    blamed = left_over(before, after, mending.gone, kinds)
    why = "" if blamed else cut_short(before, after) or gained(before, after, kinds)
    return dict.fromkeys(mending.counts, why) if why else blamed
