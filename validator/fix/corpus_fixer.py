"""Findings of the corpus fixed, after all files were checked: each file is opened once more.

Their edits are at bytes of the file on the disk. A file is written only if each edit keeps its
invariant, the check of the new file finds nothing that was not found before, its links are the same
but for the fixed ones, and the fixed links lead to files that exist.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from ..check.corpus_fixes import CorpusMended
from ..check.exact import Diagnosed
from ..check.findings import NOBODY, ONLY, Findings
from ..check.plan import Part, Plan
from ..check.ruleset import rule_set
from ..check.stages import Stages, stages_of
from ..corpus.members import items_of
from ..delimiters.division import divides
from ..file.originals import RefusedError, original
from ..file.replacing import sync_folder
from ..file.streams import BrokenStreamError
from ..model import Diagnostic, Fixed, Flaw, Unwritten
from .choosing import Chosen, chosen
from .fixer import Fixer
from .patch import shown_for
from .proving import cut_short, gained, tried
from .rounds import Mender
from .task import HELD, Task, unfixed
from .wanted import Fixing

TOO_LARGE = f"its document has more than {HELD >> 10} KiB, in which links are not mended"
NOT_THERE = "the file that the link would lead to is not there any more"
OTHERWISE = "the text would not have the links then that it should have"


class CorpusFixer:
    """Fixes findings of the corpus in the files of one profile."""

    def __init__(self, plan: Plan, profile: int, stages: Stages, fixing: Fixing) -> None:
        self._plan, self._fixing = plan, fixing
        self._bound = plan.profiles[profile]
        self._stages = stages_of(self._bound, plan.today, 0)
        self._fixer = Fixer(plan, profile, stages, fixing)
        self._mender = Mender(self._bound, plan.today, unsafe=fixing.unsafe)

    def mended(self, part: Part, found: Sequence[Diagnostic]) -> CorpusMended:
        """Fix the only file of a part; which findings of the corpus are left, and which are fixed.

        `found` are all findings of the corpus in it.
        """
        task = Task.of(part, part.names[0])
        fixes = chosen(found, task.file.path, (), unsafe=self._fixing.unsafe)
        if not fixes:
            return CorpusMended(found)
        try:
            return self._mended(task, found, fixes)
        except (RefusedError, BrokenStreamError) as error:
            return self._left(found, task, (Unwritten(str(error)),))

    def _mended(
        self, task: Task, found: Sequence[Diagnostic], fixes: Sequence[Chosen]
    ) -> CorpusMended:
        """See `mended`. Raises RefusedError, BrokenStreamError if the file cannot be fixed."""
        old = original(task.path, HELD)
        if task.is_another(old, self._plan.roots):
            return CorpusMended(found)
        data = self._fixer.unpacked(task, old)
        why, remedy = self._fixer.must_stay(task)
        if not why and data is None:
            why = TOO_LARGE
        codes = [one.code for one in fixes]
        if why or data is None:
            return self._left(found, task, unfixed(dict.fromkeys(codes, why), remedy))
        documents = partial(self._mender.contents, task.file)
        made = tried(data, fixes, self._stages.charsets, documents)
        new = made.data
        why = made.why or self._objection(task, data, new, fixes)
        change = b""
        if not why and not self._fixing.write:
            change, why = self._as_patch(task, data, new)
        if why:
            return self._left(found, task, unfixed(dict.fromkeys(codes, why)))
        if self._fixing.write:
            self._fixer.write(task, old, new).finish()
            sync_folder(task.part.folder)
        edits = {edit for one in fixes for edit in one.fix.edits}
        left = [one for one in found if one.fix is None or not edits.issuperset(one.fix.edits)]
        counts = Counter(one.code for one in found) - Counter(one.code for one in left)
        return CorpusMended(left, Fixed(task.file.path, counts, change))

    def _objection(self, task: Task, data: bytes, new: bytes, fixes: Sequence[Chosen]) -> str:
        """Why the new bytes must not be written; empty if they may be."""
        before = self._mender.check(task.file, task.path, data)
        after = self._mender.check(task.file, task.path, new)
        if why := gained(before, after, ()) or cut_short(before, after):
            return why
        if not all(os.path.isfile(os.fsencode(how)) for one in fixes for how in one.fix.how):
            return NOT_THERE
        return "" if self._links(before, fixes) == self._links(after, ()) else OTHERWISE

    def _links(self, found: Diagnosed, fixes: Sequence[Chosen]) -> Sequence[frozenset[bytes]]:
        """The items of the fields of links, for each document and field, after these fixes."""
        meant = _meant(fixes, self._stages.charsets)
        columns = zip(self._stages.facts.of_documents, found.rows.columns(), strict=True)
        return [
            frozenset(meant.get((index, name, item), item) for item in items_of(key or b"", ""))
            for name, column in columns
            if name in self._fields
            for index, key in enumerate(column, 1)
        ]

    @property
    def _fields(self) -> frozenset[str]:
        """The fields of the body that hold targets of links."""
        from ..body.text_fields import FIELDS  # imported only where a link is fixed

        return frozenset(name for name, one in self._bound.settings[FIELDS].items() if one.of_links)

    def _as_patch(self, task: Task, data: bytes, new: bytes) -> tuple[bytes, str]:
        """The patch of a file, after the fixes of its own findings; or why there is no patch."""
        before = self._mender.mend(task.file, task.path, data)
        after = self._mender.mend(task.file, task.path, new)
        if (before.counts, before.refused) != (after.counts, after.refused):
            return b"", "other fixes of the file would not be the same then"
        return shown_for(task.name, task.file.path, before.data, after.data), ""

    def _left(self, found: Sequence[Diagnostic], task: Task, flaws: Sequence[Flaw]) -> CorpusMended:
        """All findings, unfixed, and the flaws that say why, in order of offset."""
        owner = NOBODY if divides(self._bound.settings) else ONLY
        more = Findings(task.file.path, owner, 0)
        for rule, severity, hit in rule_set(self._bound).wording.explained(flaws):
            more.add(rule, severity, hit, None)
        every = [*found, *more.diagnostics()]
        return CorpusMended(sorted(every, key=lambda one: (one.byte_offset, one.code)))


def _meant(
    fixes: Sequence[Chosen], charsets: Sequence[str]
) -> Mapping[tuple[int, str, bytes], bytes]:
    """What each item of a field becomes: (index of document, field, old item) -> new item."""
    found: dict[tuple[int, str, bytes], bytes] = {}
    for one in fixes:
        if one.found is not None:
            data = one.found.data
            key = one.found.document_index, str(data["field"]), str(data["value"]).encode()
            found[key] = one.fix.edits[0].content
    return found
