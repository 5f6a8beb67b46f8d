"""COR: do the documents agree with each other?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ...options import texts
from ...rule import Folder, Member

UNIQUE = texts("corpus.unique", "fields whose value no two documents share")
SEQUENCE = texts(
    "corpus.sequence",
    "fields that count the documents of a directory, each number once and none left out",
)


def all_different(folders: Sequence[Folder]) -> bool:
    """Whether no key occurs twice in all folders."""
    seen: set[bytes | None] = set()
    count = 0
    for folder in folders:
        count += len(folder.keys) - folder.keys.count(None)
        seen.update(folder.keys)
    return len(seen - {None}) == count


def twins(members: Sequence[Member]) -> Iterator[list[Member]]:
    """Groups of members with one key, the members of a group in the order of their paths."""
    for _, group in groupby(members, key=lambda member: member.key):
        found = sorted(group, key=lambda member: member.path)
        if len(found) > 1:
            yield found


def numbers(folder: Folder) -> list[int]:
    """The keys of a directory as numbers; those that are none are left to other rules."""
    try:
        return list(map(int, folder.keys))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return [int(key) for key in folder.keys if key is not None and key.isdigit()]


def by_folder(members: Sequence[Member]) -> Iterator[list[tuple[int, Member]]]:
    """For each directory its members with their keys as numbers, in order of number and path."""
    counted = [
        (member.folder, int(member.key), member) for member in members if member.key.isdigit()
    ]
    counted.sort(key=lambda item: (item[0], item[1], item[2].path))
    for _, group in groupby(counted, key=lambda item: item[0]):
        yield [(number, member) for _, number, member in group]
