"""A profile compiled once, to check one document after the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from ..check.in_memory import InMemory
from ..check.plan import LIMIT, Bound, Part, Plan
from ..check.worker import FLOCK, Engine
from ..errors import ArgumentError, argument
from ..file.reading import SMALL
from ..file.walk import roots_of
from ..memo import memo
from ..model import Diagnostic, Result
from ..profile.resolve import Profile
from ..profile.selection import Selection, read_selection
from ..rules.catalog import catalog
from . import arguments
from .arguments import Document, StrPath
from .assemble import bind


class Checker:
    r"""Checks documents under one profile, which is compiled once.

    A document costs what it costs in a run. Rules about the corpus (`COR`) have nothing to say of
    one document. A checker keeps nothing of what it checked, may be used by several threads, and
    pickles.

        checker = Checker("markdown")
        result = checker.check(b"---\ntitle: A\n")
        if not result.ok:
            print(result.diagnostics[0].message)
    """

    def __init__(
        self,
        profile: Profile | str,
        *,
        select: Iterable[str] | None = None,
        extend_select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        kinds: Iterable[str] | None = None,
        limit: int = LIMIT,
        today: date | None = None,
    ) -> None:
        """A checker for a profile, or for the built-in one of this name.

        `select`, `extend_select` and `ignore` name rules by code, prefix of a code or name; with
        `kinds` those of these kinds alone are run. At most `limit` findings of a rule are kept for
        a document, with 0 all; all are counted. Dates are held against `today`, without it the day
        on which the checker is made.

        Raises UsageError for a profile or a rule that is not there, ArgumentError for an argument
        of the wrong kind.
        """
        self.profile = arguments.profile(profile)
        layer = read_selection(
            arguments.chosen_words(select, "select"),
            arguments.words(extend_select, "extend_select"),
            arguments.words(ignore, "ignore"),
            arguments.chosen_words(kinds, "kinds"),
            argument,
        )
        bound = _without_corpus(self.profile, layer)
        self._begin(
            Plan((bound,), arguments.number(limit, "limit"), arguments.day(today) or date.today())
        )

    def _begin(self, plan: Plan) -> None:
        self._plan, self._engine = plan, Engine(plan)
        self._in_memory = InMemory(self._engine.stages(0))

    def check(self, data: Document, *, name: StrPath = "") -> Result:
        """What is to be said of one document that is in memory.

        A text stands for its bytes in UTF-8. Without a `name`, the name is not judged; where it
        ends as that of a compressed file, the document is what `data` expands to.

        Raises ArgumentError for an argument of the wrong kind.
        """
        (result,) = self._in_memory.check([(arguments.name(name), arguments.document(data))])
        return result

    def check_many(
        self, documents: Iterable[Document | tuple[StrPath, Document]]
    ) -> Iterator[Result]:
        """A result for each document, or for each pair of a name and a document, in their order.

        This is the quickest way: up to 32 documents are looked at together, so as many are taken
        from `documents` before the first result comes. Raises ArgumentError for one that is none.
        """
        waiting: list[tuple[str, bytes]] = []
        size = 0
        for number, one in enumerate(documents):
            path, data = "", one
            if isinstance(one, tuple) and len(one) == 2:
                path, data = arguments.name(one[0], f"documents[{number}][0]"), one[1]
            if not isinstance(data, bytes):
                data = arguments.document(data, f"documents[{number}]")
            waiting.append((path, data))
            size += len(data)
            if len(waiting) == FLOCK or size > SMALL:
                yield from self._in_memory.check(waiting)
                waiting, size = [], 0
        yield from self._in_memory.check(waiting)

    def check_path(self, path: StrPath) -> Result:
        """What is to be said of one file, however large; what keeps it from being read, too.

        Raises UsageError where nothing is at the path, ArgumentError for a directory.
        """
        (root,) = roots_of([arguments.one_path(path)])
        if root.is_folder:
            raise ArgumentError(
                f"`path` must be that of a file, and `{root.path}` is a directory; `check_paths` "
                "checks what is in it"
            )
        name = root.path.rpartition("/")[2]
        flaw = root.flaw()
        encoded = os.fsencode(name)
        prefix = os.fsencode(root.path[: len(root.path) - len(name)])
        report = self._engine(Part(0, prefix, (encoded,), {encoded: flaw} if flaw else {}))
        return Result(root.path, report.diagnostics, report.totals)

    def __getstate__(self) -> tuple[Profile, Plan]:
        return self.profile, self._plan

    def __setstate__(self, state: tuple[Profile, Plan]) -> None:
        self.profile, plan = state
        self._begin(plan)

    def __repr__(self) -> str:
        return f"Checker({self.profile!r})"


def check_bytes(
    data: Document, profile: Profile | str, *, name: StrPath = "", today: date | None = None
) -> tuple[Diagnostic, ...]:
    """The findings in one document that is in memory: `Checker(profile).check(data).diagnostics`.

    A profile keeps its checker. See `Checker.check`.
    """
    checker = _checker(arguments.profile(profile), today or date.today())
    return checker.check(data, name=name).diagnostics


@memo
def _checker(profile: Profile, today: date) -> Checker:
    return Checker(profile, today=today)


def _without_corpus(profile: Profile, layer: Selection) -> Bound:
    """A profile for one document at a time, which needs no facts of it."""
    bound, known = bind(profile, [], layer), catalog().entries
    rules = {
        code: severity for code, severity in bound.rules.items() if known[code].shape != "corpus"
    }
    return replace(bound, rules=rules)
