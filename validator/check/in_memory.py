"""Documents that are in memory, checked as the files of a run are: a few together, or one alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Final

from ..document import Place
from ..file.compression import packing_of
from ..model import Result, Totals
from .fast import NOTHING, Known, Survey
from .file_names import FileNames
from .plan import Named
from .stages import Stages
from .worker import FLOCK

UNNAMED: Final = "-"
"""The path of a document without a name."""

_KEYS: Final = tuple(b"%d" % number for number in range(FLOCK))
"""Keys of the documents of a call: their names cannot be keys, for many may have one name."""


class InMemory:
    """Checks documents under one profile, by the stages that its files go through."""

    def __init__(self, stages: Stages) -> None:
        self._stages = stages

    def check(self, documents: Sequence[tuple[str, bytes]]) -> list[Result]:
        """The results for these documents, each a path and bytes, in order; at most `FLOCK`.

        If the path is empty, no name is checked. If it ends as that of a compressed file, the
        document is what the bytes expand to.
        """
        stages = self._stages
        files = {
            key: _named(path) for key, (path, _) in zip(_KEYS, documents[:FLOCK], strict=False)
        }
        heads = [data for _, data in documents]
        slow = _misnamed(stages.names, files)
        places = partial(_places, stages.names, files, stages.today)
        surveys, known = stages.quickly([*files], heads, slow, places)
        if surveys is None:
            surveys = {
                key: Survey(1, len(head), []) for key, head in zip(files, heads, strict=True)
            }
        found = []
        for (key, file), head in zip(files.items(), heads, strict=True):
            survey = surveys.get(key)
            if isinstance(survey, Survey):
                found.append(Result(file.path, (), _counted(head, survey)))
            else:
                found.append(self._diagnosed(file, head, known.get(key, NOTHING)))
        return found

    def _diagnosed(self, file: Named, data: bytes, known: Known) -> Result:
        """The result for a document on the exact way."""
        salvage = self._stages.salvage
        pages = salvage.exact.pages(b"", data, packing_of(file.name))
        said = salvage.diagnose(file, pages, known)
        return Result(file.path, said.diagnostics, said.totals)


def _named(path: str) -> Named:
    """A document by its path; the name that rules check is the last part of it."""
    if not path:
        return _NO_NAME
    return Named(path, path.rpartition("/")[2].encode("utf-8", "surrogateescape"))


_NO_NAME: Final = Named(UNNAMED, b"")


def _misnamed(names: FileNames, files: Mapping[bytes, Named]) -> set[bytes]:
    """The keys of documents whose name may have a finding, or is that of a compressed file."""
    given = {key: file.name for key, file in files.items() if file.name}
    own = [*given.values()]
    odd = names.odd(own, names.matched(own, compressed=True)) if own else ()
    return {key for key, name in given.items() if name in odd or packing_of(name)}


def _places(
    names: FileNames, files: Mapping[bytes, Named], today: date, keys: Iterable[bytes]
) -> Mapping[bytes, Place]:
    """What is known of documents before they are looked at."""
    named = ((key, files[key]) for key in keys)
    return {key: names.place(os.fsencode(one.path), one.name, today) for key, one in named}


def _counted(data: bytes, survey: Survey) -> Totals:
    """The figures of a clean document."""
    size = len(data)
    return Totals(1, survey.count, 0, size + survey.beside, outside=size - survey.size)
