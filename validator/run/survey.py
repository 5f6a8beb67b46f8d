"""What is in a directory, by the built-in profile that would check it: what `init` writes down."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from msgspec import Struct

from ..check.plan import LIMIT
from ..file.passed_by import PassedBy, suffix_of
from ..file.walk import Root
from ..profile.resolve import configuration
from ..profile.selection import Selection
from .assemble import assemble
from .configurations import single

MANY: Final = 4
"""Top directories that are named one by one; files in more of them are told by their suffix."""

SPECIAL: Final = str.maketrans({one: f"\\{one}" for one in "\\*?[ !#"})
"""What means something else in a `.gitignore` pattern."""


class Group(NamedTuple):
    """Files of one kind of name: the directory below the root that they are in, and a suffix.

    The directory is empty for files of the root itself; the suffix is as it is written.
    """

    folder: str
    suffix: str


class Found(Struct, frozen=True):
    """Files that one built-in profile is for, and the patterns that claim them.

    `others` are files with such names that another profile is for by what is in them.
    """

    profile: str
    files: int
    patterns: tuple[str, ...]
    folders: tuple[str, ...]
    others: int


class Survey(Struct, frozen=True):
    """All that was found, the most files first, and what was passed by."""

    found: tuple[Found, ...]
    skipped: PassedBy


def survey(root: Root) -> Survey:
    """Go through a directory as a run without a configuration would; no file is checked."""
    skipped = PassedBy()
    known = single(configuration(".", isolated=True))
    made = assemble(known, None, [root], Selection(), LIMIT, date.min, skipped=skipped)
    groups: dict[Group, Counter[str]] = defaultdict(Counter)
    for listing in made.walk:
        below = os.path.relpath(os.fsdecode(listing.path) or ".", root.path).replace(os.sep, "/")
        folder = "" if below == "." else below.partition("/")[0]
        for at, names, _ in made.router.route(listing):
            profile = made.plan.profiles[at].name
            for suffix, count in Counter(map(_suffix, names)).items():
                groups[Group(folder, suffix)][profile] += count
    return Survey(tuple(_found(groups)), skipped)


def _suffix(name: bytes) -> str:
    """As it is written: a pattern tells capitals from small letters."""
    size = len(suffix_of(name).encode())
    return os.fsdecode(name[-size:]) if size else ""


def _found(groups: dict[Group, Counter[str]]) -> Iterator[Found]:
    """A group goes to the profile that most of its files have."""
    theirs: dict[str, list[Group]] = defaultdict(list)
    for group, counts in groups.items():
        theirs[counts.most_common(1)[0][0]].append(group)
    suffixes = [{group.suffix for group in own} for own in theirs.values()]
    shared = {one for one, count in Counter(chain.from_iterable(suffixes)).items() if count > 1}
    sizes = {name: sum(groups[group][name] for group in own) for name, own in theirs.items()}
    for name in sorted(theirs, key=lambda name: (-sizes[name], name)):
        own = sorted(group for group in theirs[name] if _is_plain(group.suffix))
        others = sum(groups[group].total() for group in own) - sizes[name]
        folders = tuple(dict.fromkeys(group.folder for group in own))
        if not own:
            continue
        yield Found(name, sizes[name], tuple(_patterns(own, folders, shared)), folders, others)


def _patterns(groups: Sequence[Group], folders: Sequence[str], shared: Set[str]) -> Iterator[str]:
    """In the words of `.gitignore`, relative to the root.

    Files of suffixes that are `shared` with other profiles are told by their directory, too.
    """
    many = len(folders) > MANY or "" in folders or not all(map(_is_plain, folders))
    told: dict[str, None] = {}
    for folder, suffix in groups:
        name = f"*{suffix.translate(SPECIAL)}"
        if (many and suffix not in shared) or not _is_plain(folder):
            told[name] = None
        else:
            told[f"{folder.translate(SPECIAL)}/**/{name}" if folder else f"/{name}"] = None
    yield from told


def _is_plain(folder: str) -> bool:
    """Whether a name can stand in a configuration, which is UTF-8."""
    return folder.isprintable()
