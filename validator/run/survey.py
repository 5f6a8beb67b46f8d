"""The files of a directory by the built-in profile that would check them: for `init` to write."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from msgspec import Struct

from ..file.passed_by import UNCLAIMED, PassedBy, suffix_of
from ..file.walk import Root
from ..profile.configuration import configuration
from .configurations import single
from .request import Prepared, RunRequest

MANY: Final = 4
"""Up to so many top directories are named in patterns; with more, patterns have only a suffix."""

LISTED: Final = 100
"""Up to so many files are named one by one, where other files of such names have no profile."""

SPECIAL: Final = str.maketrans({one: f"\\{one}" for one in "\\*?[ !#"})
"""Signs with a special meaning in a `.gitignore` pattern, escaped."""


class Group(NamedTuple):
    """Files of one kind of name: the directory below the root that they are in, and a suffix.

    The directory is empty for files of the root itself; the suffix is as it is written.
    """

    folder: str
    suffix: str


class Found(Struct, frozen=True):
    """Files that one built-in profile is for, and the patterns that claim them.

    `others` counts files with such names for which, by their content, another profile is.
    """

    profile: str
    files: int
    patterns: tuple[str, ...]
    folders: tuple[str, ...]
    others: int


class Survey(Struct, frozen=True):
    """The profiles found, that with the most files first, and the counts of what was passed by."""

    found: tuple[Found, ...]
    skipped: PassedBy


def survey(root: Root) -> Survey:
    """Go through a directory as a run without a configuration would; no file is checked."""
    loose: set[Group] = set()
    paths: dict[Group, list[str]] = defaultdict(list)

    def tell(path: bytes, reason: str) -> None:
        if reason == UNCLAIMED:
            folder, _, name = path.rpartition(b"/")
            loose.add(Group(_below(folder, root).partition("/")[0], _suffix(name)))

    skipped = PassedBy(tell)
    known = single(configuration(".", isolated=True))
    made = Prepared(RunRequest(paths=()), [root], known, date.min).assembled(skipped)
    groups: dict[Group, Counter[str]] = defaultdict(Counter)
    for listing in made.walk:
        below = _below(listing.path, root)
        folder = below.partition("/")[0]
        for at, names, _ in made.router.route(listing):
            profile = made.plan.profiles[at].name
            for suffix, count in Counter(map(_suffix, names)).items():
                groups[Group(folder, suffix)][profile] += count
            for name in names:
                some = paths[Group(folder, _suffix(name))]
                if len(some) <= LISTED:
                    some.append(below + os.fsdecode(name))
    listed = {one: paths[one] for one in loose if 0 < len(paths[one]) <= LISTED}
    return Survey(tuple(_found(groups, listed)), skipped)


def _below(folder: bytes, root: Root) -> str:
    """The path of a directory below the root, with a final `/`; empty for the root itself."""
    below = os.path.relpath(os.fsdecode(folder) or ".", root.path).replace(os.sep, "/")
    return "" if below == "." else f"{below}/"


def _suffix(name: bytes) -> str:
    """The suffix of a name with its case kept, for patterns distinguish it; empty without one."""
    size = len(suffix_of(name).encode())
    return os.fsdecode(name[-size:]) if size else ""


def _found(
    groups: Mapping[Group, Counter[str]], listed: Mapping[Group, Sequence[str]]
) -> Iterator[Found]:
    """What is found for each profile; a group goes to the profile that most of its files have.

    In groups that are `listed` each file is named, since other files of such names have no profile.
    """
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
        paths = chain.from_iterable(listed.get(one, ()) for one in own)
        single = [f"/{path.translate(SPECIAL)}" for path in paths if _is_plain(path)]
        patterns = [*_patterns([one for one in own if one not in listed], folders, shared), *single]
        yield Found(name, sizes[name], tuple(patterns), folders, others)


def _patterns(groups: Sequence[Group], folders: Sequence[str], shared: Set[str]) -> Iterator[str]:
    """Patterns as in `.gitignore` for groups, relative to the root.

    For suffixes that are `shared` with other profiles, they have the directory, too.
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
