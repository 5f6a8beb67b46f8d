"""The facts of one task, and the keys that are brought together of all tasks of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from ..corpus.external_sort import RUN
from ..corpus.fact_store import Ledger
from ..corpus.facts import Facts, are_of_files
from ..corpus.partitions import Keyed, Question, SortedRun
from ..delimiters.division import divides
from ..file.name_fields import ID
from ..model import Piece, Report
from .fact_plan import corpus_rules
from .plan import Part, Plan


class Gathered(Protocol):
    """Keys that workers have brought together, or will, of the tasks of a run."""

    def begin(self, part: Part, report: Report, firsts: Sequence[tuple[int, int]]) -> None:
        """Tell that the facts of the next task are taken in.

        `firsts` are, for each profile, the numbers of its first document and file in the task.
        """
        ...

    def runs(self, keyed: KeyedOf) -> Sequence[SortedRun]:
        """All records of keys that are among `keyed_of`. Raises UsageError."""
        ...

    def ask(self, question: Question) -> Iterator[bytes]:
        """See `partitions.Ask`."""
        ...


def told_by(part: Part, report: Report) -> Iterator[Piece]:
    """The facts of a task; those of an archive are the facts of its members, in their order."""
    for piece in report.pieces:
        yield from told_by(Part(piece.profile, piece.folder, piece.names), piece.report)
    if not part.is_archive:
        yield Piece(part.profile, part.folder, part.names, report)


def facts_of(plan: Plan, profile: int, ledger: Ledger, most: int = RUN) -> Facts:
    """The facts of a profile that are in a ledger."""
    bound = plan.profiles[profile]
    return Facts(
        ledger,
        divided=divides(bound.settings),
        id_field=bound.settings[ID],
        most=most,
        roots=plan.roots,
        base=bound.base,
    )


class KeyedOf(Struct, frozen=True):
    """Keys that are brought together, and the profile of their documents by its index."""

    profile: int
    keyed: Keyed

    @property
    def of_files(self) -> bool:
        """Whether files are numbered, and not documents."""
        return are_of_files((*self.keyed.fields, *self.keyed.beside))


def keyed_of(plan: Plan) -> tuple[KeyedOf, ...]:
    """All keys that the corpus rules of a plan will bring together, each once, in a fixed order."""
    found: dict[KeyedOf, None] = {}
    for at, bound in enumerate(plan.profiles):
        for _, check in corpus_rules(bound):
            for keyed in check.keys(bound.settings):
                owner = at if not keyed.profile else _named(plan, keyed.profile, bound.scope)
                if owner is not None:
                    found[KeyedOf(owner, plainly(keyed))] = None
    return tuple(found)


def _named(plan: Plan, name: str, scope: int) -> int | None:
    """The index of the profile of this name in a scope; of the last one, if there are several."""
    places = [at for at, one in enumerate(plan.profiles) if one.name == name and one.scope == scope]
    return places[-1] if places else None


def plainly(keyed: Keyed) -> Keyed:
    """The same keys without fields that make no difference, so that equal keys compare equal."""
    if keyed.valued:
        return replace(keyed, profile="")
    decides = are_of_files(keyed.fields) and not are_of_files(keyed.beside)
    return Keyed(keyed.fields, keyed.split, keyed.beside if decides else ())
