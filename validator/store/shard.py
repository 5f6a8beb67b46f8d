"""A part of the tasks of a run, for one of several processes that know nothing of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing

from msgspec import Struct

from ..check.plan import Part
from ..errors import UsageError
from ..model import Report, Totals, Unchecked
from ..run.executors import Executor, Failed, Limits
from ..text.lazy_re import later
from .envelope import Reused
from .keeping import Keeping
from .task_groups import TaskFacts

_WRITTEN = later(r"([0-9]{1,9})/([0-9]{1,9})")


class Shard(Struct, frozen=True):
    """One of `of` shards, by its `number` from 1."""

    number: int
    of: int

    def parts(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The tasks of this shard: every `of`th one, so that shards are alike in size."""
        for at, part in enumerate(parts):
            if at % self.of == self.number - 1:
                yield part

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


def shard_of(word: str) -> Shard:
    """The shard that a word `I/N` names. Raises UsageError for any other word."""
    found = _WRITTEN.fullmatch(word)
    if found is None:
        raise UsageError(f"--shard is `I/N`, the I-th of N shards, such as `1/4`, and not `{word}`")
    number, of = map(int, found.groups())
    if not 1 <= number <= of:
        raise UsageError(
            f"--shard {word}: there is no shard {number} of {of}; they are numbered from 1, "
            f"1/{max(of, 1)} to {max(of, 1)}/{max(of, 1)}"
        )
    return Shard(number, of)


class Done(Struct, frozen=True):
    """The outcome of the task of a number: its totals and its last path.

    `reused` says that its reports were all in the store. `tasks` are those that it was cut into
    because a file killed its worker, else the task itself.
    """

    number: int
    totals: Totals
    last: str
    reused: bool
    tasks: tuple[TaskFacts, ...]


def done(
    engine: Keeping, parts: Iterable[Part], executor: Executor, timeout: float | None, ahead: int
) -> Iterator[Done]:
    """Check tasks with an engine that keeps their reports; gives the outcome of each, unordered."""
    with closing(executor.run(engine, parts, Limits(ahead, timeout))) as outcomes:
        for outcome in outcomes:
            totals, tasks, reused = Totals(), [], True
            for part, result in outcome.results:
                report: Report | Failed = result
                if isinstance(report, Failed):
                    report = engine.give_up(part, Unchecked(report.cause, report.reason))
                totals += report.totals
                reused = reused and isinstance(report, Reused)
                tasks.append(engine.facts_of(part, report))
            last = part.path(part.names[-1])
            yield Done(outcome.number, totals, last, reused, tuple(tasks))
