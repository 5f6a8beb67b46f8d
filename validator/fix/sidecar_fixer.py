"""The file beside a document that holds its metadata, fixed before the document is.

It is fixed as a text of its own, with the same rounds, invariants and proof; but its findings come
from a check of its document.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..check.exact import Diagnosed
from ..check.plan import Beside, Bound, Named, Plan
from ..check.stages import Stages
from ..delimiters.beside import path_of
from ..delimiters.options import SIDECAR
from ..file.archive_names import display_path
from ..file.compression import packing_of
from ..file.originals import Original, RefusedError, original
from ..file.reading import Pages
from ..file.streams import BrokenStreamError
from ..model import Fixed, Unwritten
from .choosing import repair_of
from .fixer import Fixer
from .invariants import Content
from .patch import patch
from .rounds import Mended, Mender
from .task import HELD, Task, unfixed
from .wanted import Fixing

TOO_LARGE = f"it, or its document, has more than {HELD >> 10} KiB"


class OfDocument(Named, frozen=True):
    """The names of a sidecar, and its document: names, path (`at`) and bytes."""

    document: Named = Named("", b"")
    at: bytes = b""
    data: bytes = b""


class SidecarMender(Mender):
    """Mends texts that are the sidecars of documents, which are checked with them."""

    def __init__(self, plan: Plan, bound: Bound, *, unsafe: bool) -> None:
        super().__init__(bound, plan.today, unsafe=unsafe)
        self._charsets = ()  # sidecars are in UTF-8, whatever the encoding of documents

    def check_all(self, files: Sequence[tuple[Named, bytes, bytes]]) -> list[Diagnosed]:
        """All findings in the documents of sidecars, if these had the given bytes."""
        return super().check_all([self._with_document(file, data) for file, _, data in files])

    def _with_document(self, file: Named, data: bytes) -> tuple[Named, bytes, bytes]:
        assert isinstance(file, OfDocument)
        return _beside(file, data), file.at, file.data

    def contents(self, file: Named, text: bytes) -> Sequence[Content]:
        """What readers get of a document whose sidecar is `text`."""
        document, _, data = self._with_document(file, text)
        return super().contents(document, data)


def _beside(file: OfDocument, data: bytes) -> Named:
    return replace(file.document, beside=Beside(data))


class FixedSidecar(Struct, frozen=True):
    """A document with its fixed sidecar, the findings in both, and what was fixed."""

    file: Named
    found: Diagnosed
    fixed: Fixed | None = None


class SidecarFixer:
    """Fixes the sidecars of the documents of one profile."""

    def __init__(self, plan: Plan, profile: int, stages: Stages, fixing: Fixing) -> None:
        self._plan, self._stages, self._fixing = plan, stages, fixing
        bound = plan.profiles[profile]
        self._form = bound.settings[SIDECAR]
        self._fixer = Fixer(plan, profile, stages, fixing)
        self._mender = SidecarMender(plan, bound, unsafe=fixing.unsafe)

    def path_of(self, document: bytes) -> bytes:
        """Where the sidecar of the document at this path lies."""
        return path_of(document, self._form)

    def fixed(self, task: Task, found: Diagnosed) -> FixedSidecar | None:
        """The result of fixing the sidecar of a document; None if there is nothing to do.

        `found` is what was found in both before.
        """
        path = self.path_of(task.path)
        shown = display_path(path)
        unsafe = self._fixing.unsafe
        more = found.totals.omitted > 0 and any(one.path == shown for one in found.diagnostics)
        if not more and not any(repair_of(one, shown, unsafe=unsafe) for one in found.diagnostics):
            return None
        try:
            old = original(path, HELD)
            document = original(task.path, HELD)
            data = self._fixer.unpacked(task, document)
        except (RefusedError, BrokenStreamError):
            return None  # one of them is gone or changing: the first findings stay
        if old.by_link:
            return None
        if old.data is None or data is None:
            return self._left(task, found, TOO_LARGE)
        name = os.path.basename(path)
        file = OfDocument(shown, name, document=task.file, at=task.path, data=data)
        before = old.data if task.file.beside.data is None else task.file.beside.data
        mended = self._mender.mend(file, path, before)
        if not mended.counts and not mended.refused:
            return None
        return self._settled(task, old, before, data, mended)

    def _settled(
        self, task: Task, old: Original, before: bytes, data: bytes, mended: Mended
    ) -> FixedSidecar:
        """Write a fixed sidecar (`before`: its old bytes); `data` are the bytes of the document."""
        mended, flaws = self._fixer.allowed(task, before, mended)
        if not mended.done:
            return self._said(task, data, Beside(before, flaws))
        try:
            if self._fixing.write:
                self._fixer.write_bytes(old, mended.data).finish()
        except RefusedError as error:
            return self._said(task, data, Beside(before, (*flaws, Unwritten(str(error)))))
        shown = display_path(old.path)
        change = patch(shown, before, mended.data) if self._fixing.patch else b""
        fixed = Fixed(shown, mended.counts, change)
        return replace(self._said(task, data, Beside(mended.data, flaws)), fixed=fixed)

    def _left(self, task: Task, found: Diagnosed, why: str) -> FixedSidecar:
        """The result for a sidecar that stays as it is, because it or its document is too large."""
        codes = {one.code for one in found.diagnostics if one.fix is not None and one.of}
        refused = dict.fromkeys(sorted(codes), why)
        file = replace(task.file, beside=Beside(flaws=unfixed(refused)))
        pages = self._stages.salvage.exact.pages(task.path, None, packing_of(task.name))
        return FixedSidecar(file, self._stages.salvage.diagnose(file, pages))

    def _said(self, task: Task, data: bytes, beside: Beside) -> FixedSidecar:
        file = replace(task.file, beside=beside)
        return FixedSidecar(file, self._stages.salvage.diagnose(file, Pages(task.path, data)))
