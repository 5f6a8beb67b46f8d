"""The stages that documents go through under a profile, and the quick way through them.

Files that the quick way finds clean are done; all others go the exact way, with what is known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from ..delimiters.division import divides_members
from ..document import Place
from ..encoding.charsets import other_charsets
from ..errors import ValidatorError
from ..file.compression import Bounds, Packing
from ..file.reading import SMALL, unpacked_head
from ..model import Flaw
from .dividing import divider_of
from .fact_plan import FactPlan, fact_plan
from .fast import Doubt, Known, Survey, portions
from .file_names import FileNames, file_names
from .plan import Bound, bounds_of
from .screens import Screens, Verdict, screens

if TYPE_CHECKING:
    from .salvage import Salvage
    from .surveyor import Surveyor

Surveys = Mapping[bytes, Survey | Doubt]
Quick = tuple[Surveys | None, dict[bytes, Known]]
"""The surveys of the files whose names and bytes are clean, and what is known of the others.

The surveys are None where all files are clean and nothing else is asked of them.
"""


class Stages(Struct, frozen=True, dict=True):
    """What the files of a profile go through, each stage made once.

    `by_member` says that each member of a compressed file is a document.
    """

    bound: Bound
    today: date
    limit: int
    spool: str
    names: FileNames
    screens: Screens
    charsets: tuple[str, ...]
    divided: bool
    bounds: Bounds
    facts: FactPlan
    by_member: bool

    @cached_property
    def salvage(self) -> Salvage:
        """The exact way; clean files need neither it nor its modules."""
        from .salvage import Salvage

        return Salvage(self.bound, self.today, self.limit, self.spool)

    @cached_property
    def surveyor(self) -> Surveyor:
        """The surveyor of clean files; not needed where each file is one document as it is."""
        from .surveyor import surveyor

        return surveyor(self.bound)

    def quickly(
        self,
        names: Sequence[bytes],
        heads: Sequence[bytes | Flaw],
        misnamed: Collection[bytes],
        places: Callable[[Iterable[bytes]], Mapping[bytes, Place]],
    ) -> Quick:
        """The outcome of the quick way for some files; after an error in it, all go the exact way.

        `heads` are their first bytes, `misnamed` the names that are not clean. `places` gives what
        is known of the documents of files before they are read.
        """
        plain: dict[bytes, bytes] = {}
        known: dict[bytes, Known] = {}
        verdict = None
        try:
            sizes = _sizes(heads)
            if not misnamed and min(sizes, default=0) > 0 and sum(sizes) < SMALL:
                verdict = self.screens.verdict(heads)  # type: ignore[arg-type]  # a flaw has no size
                if verdict is Verdict.CLEAN and not self.divided:
                    return None, known
            for few in portions(sizes):
                plain |= self._clean_ones(names[few], heads[few], verdict, misnamed, known)
            if not self.divided and len(plain) == len(names):
                return None, known
            surveys = self._surveys(plain, places)
        except ValidatorError:
            raise
        except Exception:  # noqa: BLE001 - the exact way will tell whose it is
            return {}, {}
        if not self.charsets:
            for name, survey in surveys.items():
                if isinstance(survey, Doubt):
                    known[name] = Known(suspicious=False, items=survey.items)
        return surveys, known

    def _surveys(
        self,
        plain: Mapping[bytes, bytes],
        places: Callable[[Iterable[bytes]], Mapping[bytes, Place]],
    ) -> Surveys:
        """The surveys of files of clean bytes."""
        if not self.divided:
            return {name: Survey(1, len(text), []) for name, text in plain.items()}
        return self.surveyor.surveys(plain, places(plain))

    def _clean_ones(
        self,
        names: Sequence[bytes],
        heads: Sequence[bytes | Flaw],
        verdict: Verdict | None,
        misnamed: Collection[bytes],
        known: dict[bytes, Known],
    ) -> dict[bytes, bytes]:
        """The small files whose names and bytes are clean; they are screened together.

        The outcome of the screens for other small files is put into `known`. `verdict` is that on
        all of these files, if they were screened before.
        """
        small = {
            name: head
            for name, head in zip(names, heads, strict=True)
            if isinstance(head, bytes) and 0 < len(head) < SMALL and name not in misnamed
        }
        if not small:
            return small
        verdict = verdict or self.screens.verdict([*small.values()])
        if verdict is not Verdict.CLEAN:
            verdicts: dict[bytes, Verdict] = dict.fromkeys(small, verdict)
            if len(small) > 1:
                ask = self.screens.verdict
                verdicts = {name: ask([head]) for name, head in small.items()}
            if not self.charsets:  # else a view of the file was screened, not its bytes
                known.update((name, _KNOWN[verdict]) for name, verdict in verdicts.items())
            small = {name: small[name] for name, one in verdicts.items() if one is Verdict.CLEAN}
        if self.charsets and self.divided:  # the divider reads it as UTF-8
            from ..encoding.declared import reads_alike

            return {name: head for name, head in small.items() if reads_alike(head, self.charsets)}
        return small

    def head_within(
        self, name: bytes, head: bytes | Flaw, compressed: Mapping[bytes, Packing]
    ) -> bytes | Flaw:
        """The first bytes of a file, or of what it expands to if it is compressed."""
        packing = compressed.get(name)
        if packing is None or isinstance(head, Flaw):
            return head
        try:
            return unpacked_head(head, packing, self.bounds)
        except ValidatorError:
            raise
        except Exception as error:  # noqa: BLE001 - one file, not the run
            from .salvage import broken

            return broken(error)


def _sizes(heads: Sequence[bytes | Flaw]) -> list[int]:
    """The size of each head; 0 for a file that could not be read."""
    try:
        return [*map(len, heads)]  # type: ignore[arg-type]
    except TypeError:  # a flaw has no length
        return [len(head) if isinstance(head, bytes) else 0 for head in heads]


def stages_of(bound: Bound, today: date, limit: int, spool: str = "") -> Stages:
    """The stages of a profile on the day `today`; `limit` findings of a rule are kept for a file.

    Facts of very many documents go into files in the directory `spool`, if there is one.
    """
    bound.settings.read()
    return Stages(
        bound,
        today,
        limit,
        spool,
        file_names(bound),
        screens(bound),
        other_charsets(bound.settings),
        divider_of(bound) is not None,
        bounds_of(bound),
        fact_plan(bound),
        divides_members(bound.settings),
    )


_KNOWN: Final = {
    Verdict.CLEAN: Known(suspicious=False),
    Verdict.CLUE: Known(suspicious=True),
    Verdict.NO_TEXT: Known(suspicious=False),
}
