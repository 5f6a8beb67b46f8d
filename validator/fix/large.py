"""A large file fixed piece by piece: what is in memory of it is one piece, however long it is.

Each piece is mended and proved as a small file is. What comes of all of them is written beside the
file, compressed as that was, and checked as a whole: of each rule so many findings must be gone as
were mended, and none may be new. So what a piece seems to say, and the file does not, changes
nothing.
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
"""How often a file is gone through, each time without the rules whose fixes were refused."""

_ONCE: Final = "line-ends"
"""The recipe of fixes that a file needs once, and each of its pieces."""


class _Mending:
    """One way through a file: what is mended in its pieces, and why some of it is not."""

    def __init__(self, mender: Mender, task: Task, refused: Mapping[str, str]) -> None:
        self._mender, self._file = mender, replace(task.file, entered=(), flaws=())
        self.refused = {**refused}
        self.counts: Counter[str] = Counter()
        self.gone: Counter[str] = Counter()
        self.kinds: dict[tuple[str, str], Chosen] = {}
        self.digest = xxh3_128()

    def mended(self, piece: Piece) -> bytes:
        """What comes of a piece."""
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
        """What comes of a file; None if there is nothing to do, or nothing that can be done.

        `found` is what was said of it before. `why` it must stay as it is, if it must.
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
            return None  # it was told, or the file has changed since
        return Done(self._left(task, unfixed(refused, remedy)))

    def _rewritten(
        self, task: Task, old: Original, found: Diagnosed, packing: Packing | None
    ) -> Done | Mapping[str, str] | None:
        """What comes of a file, or why the fixes of rules cannot be made to it; None for nothing.

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
        """The bytes of the new file, while the old one is read."""
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
        """What is said of the new file. Raises RefusedError where it is not what was written."""
        if packing_of(task.name) and self._digest(task, new.path) != mending.digest.digest():
            raise RefusedError("what was compressed does not expand to the same bytes")
        return self._diagnosed(task, new.path)

    def _done(
        self, task: Task, old: Original, new: Replacement, after: Diagnosed, mending: _Mending
    ) -> Done:
        """What is said of a file that is to be replaced. Raises RefusedError."""
        digest = mending.digest.digest() if after.totals.bytes else None
        if mending.refused:
            after = self._diagnosed(task, new.path, unfixed(mending.refused))
        if task.is_another(old, self._plan.roots):
            return Done(self._said(after, digest))  # it is fixed under its own name
        if self._fixing.backup:
            try:
                keep(self._fixing.backup, old, blocks_of(old.path), digest_of(new.path))
            except OSError as error:
                raise RefusedError(f"it cannot be read: {error.strerror}") from None
        after = replace(after, fixed=Fixed(task.file.path, dict(mending.counts)))
        said = self._said(after, digest)
        return Done(said, new, lambda why: self._left(task, (Unwritten(why),)))

    def _left(self, task: Task, flaws: tuple[Flaw, ...]) -> Said:
        """What is said of a file that stays as it was."""
        after = self._diagnosed(task, task.path, flaws)
        try:
            return self._said(after, self._digest(task, task.path))
        except (OSError, BrokenStreamError):
            return after, None

    def _said(self, found: Diagnosed, digest: bytes | None) -> Said:
        facts = self._stages.facts
        return found, digest if facts.content and not facts.rows else None

    def _diagnosed(self, task: Task, path: bytes, flaws: tuple[Flaw, ...] = ()) -> Diagnosed:
        """What is said of the file at `path`, with these flaws, as of that of the task."""
        file = replace(task.file, flaws=(*task.file.flaws, *flaws))
        return self._stages.salvage.diagnose(file, self._pages(task, path))

    def _digest(self, task: Task, path: bytes) -> bytes:
        """Of the document in a file. Raises OSError, BrokenStreamError."""
        digest = xxh3_128()
        with self._pages(task, path).open() as file:
            while block := file.read(WINDOW):
                digest.update(block)
        return digest.digest()

    def _pages(self, task: Task, path: bytes) -> Pages:
        return self._stages.salvage.exact.pages(path, None, packing_of(task.name))


def _objections(before: Diagnosed, after: Diagnosed, mending: _Mending) -> Mapping[str, str]:
    """The rules whose fixes must not be made, and why, by what was said of the whole file.

    Of each rule so many findings must be gone as were mended, and nothing may be new.
    """
    kinds = [*mending.kinds.values()]
    blamed = left_over(before, after, mending.gone, kinds)
    why = "" if blamed else cut_short(before, after) or gained(before, after, kinds)
    return dict.fromkeys(mending.counts, why) if why else blamed
