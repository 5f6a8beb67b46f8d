"""Warnings, after a run, for parts of a configuration without effect, at their place in the TOML.

- A profile that is for no file of the run, and the one that takes its files.
- A pattern in `files` whose directory is not there, or that keeps nothing out.
- A class of lines, or a field of the body, whose pattern is found in no file of the profile.
- A profile that is named for all files, where these are of several formats (`names_of_many`).
- A rule that is selected, and that the options of the profiles let find nothing (`idle_rules`).

Nothing is counted for it while files are checked. There is a warning only where that is sure. After
a run over only a part of the files of a configuration, there are warnings about rules alone.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ..check.plan import Plan
from ..encoding.charsets import other_charsets
from ..file.compression import bare
from ..file.opening import read_whole
from ..file.passed_by import PassedBy, suffix_of
from ..file.walk import Root
from ..profile.configuration import Configuration
from ..profile.resolve import Profile
from ..profile.selection import Selection
from ..profile.toml_file import At, built_in, built_in_names
from ..settings.options import Option
from ..text.re2 import Finder
from ..text.visible import visible, visible_path
from .claims import COMPRESSED_SUFFIXES, Here, claim
from .configurations import Configurations, walk_under
from .idle_rules import idle_rules
from .seen import MOST, Seen

LARGEST: Final = 1 << 20
"""The most bytes of a file that is searched for the patterns of a profile."""


_TOLD: Final = 10
"""So many profiles of a configuration without a file have a warning each, for each takes a walk."""


def unused(known: Configurations, roots: Sequence[Root], seen: Seen, layer: Selection) -> list[str]:
    """The warnings of a run that is over, each once: `PLACE: WORDS`.

    `layer` is the selection of rules by the invocation.
    """
    plan = seen.plan
    found = [*idle_rules(known, plan, [*seen.files], layer)]
    found += _of_profiles(known, roots, seen)
    return [*dict.fromkeys(found)]


_OF_A_FORMAT = ("delimiters", "metadata", "body")

_FEW = 10
"""If fewer than one in so many files are of another format, there is no warning for it."""


def names_of_many(name: str, seen: Seen) -> Iterator[str]:
    """The warning where the profile that is named for all files got files of several formats.

    The suffix tells the format. Only a profile with a table of `_OF_A_FORMAT` is of a format; plain
    text may have any suffix.
    """
    asked = built_in(name)
    if asked is None or asked.table.keys().isdisjoint(_OF_A_FORMAT):
        return
    known = ((one, built_in(one)) for one in built_in_names())
    formats = {
        pattern: one
        for one, source in known
        for pattern in (source.table.get("detect", ()) if source else ())
    }
    files = [path for paths in seen.files.values() for path in paths]
    counts = Counter(formats.get(f"*{suffix_of(bare(path.rpartition(b'/')[2]))}") for path in files)
    counts.pop(None, None)
    if len(counts) > 1 and counts.most_common(2)[1][1] * _FEW >= counts.total():
        told = " and ".join(f"{count} `{one}`" for one, count in counts.most_common(2))
        yield (
            f"the profile `{visible(name)}` was asked for all files, and by their names {told} are "
            "among them: name the files, or give the profile `files` in a configuration"
        )


def without_files(known: Configurations, roots: Sequence[Root], plan: Plan) -> Iterator[str]:
    """The warnings about the profiles of a run in which none gets a file."""
    return _of_profiles(known, roots, Seen(plan))


def _of_profiles(known: Configurations, roots: Sequence[Root], seen: Seen) -> Iterator[str]:
    for scope, config in enumerate(known.every):
        if config.origin and _covers(roots, config.base):
            yield from _of_scope(known, config, scope, roots, seen)


def _covers(roots: Sequence[Root], folder: str) -> bool:
    """Whether all that lies in a directory is checked."""
    above = [os.path.realpath(root.path) for root in roots if root.is_folder]
    path = os.path.realpath(folder)
    return any(os.path.commonpath((path, one)) == one for one in above)


def _of_scope(
    known: Configurations,
    config: Configuration,
    scope: int,
    roots: Sequence[Root],
    seen: Seen,
) -> Iterator[str]:
    plan = seen.plan
    taken = {
        bound.name: seen.files[at]
        for at, bound in enumerate(plan.profiles)
        if bound.scope == scope and at in seen.files
    }
    everywhere = {bound.name for at, bound in enumerate(plan.profiles) if at in seen.files}
    asked = {bound.name for bound in plan.profiles if bound.scope == scope}
    idle = 0
    for profile in (one for one in config.own if one.name in asked):
        place = profile.places.get("")
        if place is None or os.path.abspath(place.source.folder) != config.base:
            continue  # it is written in another configuration
        if profile.name in taken:
            yield from _idle_patterns(profile)
            yield from _unmet(profile, taken[profile.name])
        elif profile.name not in everywhere and not _is_parent(profile, config):
            idle += 1
            if idle <= _TOLD:
                yield _without_files(known, config, profile, roots)
    if idle > _TOLD:
        yield f"{config.origin}: {idle - _TOLD} more profiles get no file"


def _is_parent(profile: Profile, config: Configuration) -> bool:
    """Whether another profile extends it: then it is used, even without files."""
    places = (one.places.get("extends") for one in config.own)
    return any(place is not None and place.value == profile.name for place in places)


def _without_files(
    known: Configurations, config: Configuration, profile: Profile, roots: Sequence[Root]
) -> str:
    """The warning for a profile that is for no file of the run."""
    place = profile.places[""]
    name = visible(profile.name)
    path, taker = _shadowing(known, config, profile, roots)
    if not path:
        what = "its `files`" if profile.files else "the names that it knows"
        missing = next(_astray(profile), ("", ""))[1] if profile.files else ""
        return f"{place}: the profile `{name}` gets no file: none matches {what}{missing}"
    words = f"the profile `{name}` gets no file: `{visible_path(path)}` goes to"
    advice = "; put the narrower one first" if profile.files else ""  # else it is for the rest
    return f"{place}: {words} `{visible(taker)}`, which stands before it{advice}"


def _shadowing(
    known: Configurations, config: Configuration, profile: Profile, roots: Sequence[Root]
) -> tuple[str, str]:
    """A file that the profile would take, and the profile that takes it; both empty without one."""
    mine = claim(profile, by_name=True)
    before = config.own[: config.own.index(profile)]
    others = [(one.name, claim(one, by_name=True)) for one in before]
    for listing in walk_under(known, roots, PassedBy()):
        folder = os.fsdecode(listing.path)
        if not others or known.of(folder or ".") is not config:
            continue
        here = Here(folder)
        for raw in listing.names:
            name, hidden = os.fsdecode(raw), listing.hides(raw)
            if mine.takes(here, name, hidden):
                taker = next((other for other, one in others if one.takes(here, name, hidden)), "")
                if taker:
                    return folder + name, taker
    return "", ""


def _idle_patterns(profile: Profile) -> Iterator[str]:
    """Warnings for patterns in `files` without effect, of a profile that got files by others."""
    place = profile.places.get("files")
    if place is None or place.source.sound:
        return
    for line, words in _astray(profile):
        yield f"{place}: `files` of `{visible(profile.name)}` has `{visible(line)}`{words}"
    before: list[str] = []
    for line in profile.files.lines:
        if line.startswith("!") and line.endswith("/") and not all(map(_of_folder, before)):
            kept = f"`{visible(line)}`, which keeps no file out, as in .gitignore"
            yield (
                f"{place}: `files` of `{visible(profile.name)}` has {kept}; write "
                f"`{visible(line)}**`"
            )
        before.append(line)


def _of_folder(line: str) -> bool:
    return line.endswith("/") or line.startswith("!")


_BACKSLASH: Final = "\\"


def _astray(profile: Profile) -> Iterator[tuple[str, str]]:
    """Each pattern that leads nowhere, and the rest of a sentence about it."""
    for line in profile.files.lines:
        below = line.removeprefix(os.path.abspath(profile.files.base).replace(os.sep, "/") + "/")
        plain = below.removeprefix("./")
        if plain != line:
            yield line, f"; they count from the directory of this file: write `{visible(plain)}`"
        elif line.startswith("../"):
            yield line, "; they reach nothing above the directory of this file"
        elif _BACKSLASH in line and "/" not in line:
            yield (
                line,
                f"; write `{visible(line.replace(_BACKSLASH, '/'))}`: a backslash parts nothing",
            )
    yield from _no_folder(profile)


def _no_folder(profile: Profile) -> Iterator[tuple[str, str]]:
    """Each pattern whose directory is not there, and the rest of a sentence about it."""
    for line in profile.files.lines:
        parts = line.lstrip("!/").split("/")
        plain = []
        for part in parts[:-1]:
            if not set(part).isdisjoint("*?[\\"):
                break
            plain.append(part)
        anchored = len(parts) > 2 or (len(parts) == 2 and parts[1]) or line.startswith("/")
        if anchored and plain and not os.path.isdir(os.path.join(profile.files.base, *plain)):
            yield line, f"; there is no directory `{visible('/'.join(plain))}`"


def _unmet(profile: Profile, files: Sequence[bytes]) -> Iterator[str]:
    """Warnings for classes of lines and fields of the body that are found in none of the files."""
    name = visible(profile.name)
    wanted = [(place, words, Finder(source)) for place, words, source in _sought(profile)]
    if len(files) > MOST or other_charsets(profile.settings):
        return
    for path in files if wanted else ():
        text = None if path.endswith(_PACKED) else read_whole(path, LARGEST)
        if text is None:
            return  # unknown: the file cannot be searched
        wanted = [one for one in wanted if not one[2].first(text)]
        if not wanted:
            return
    for place, words, _ in wanted:
        where = f"in no file of the profile `{name}`"
        yield f"{place}: {words} {where}; mend the pattern, or take it out"


_PACKED: Final = tuple(suffix.encode() for suffix in COMPRESSED_SUFFIXES)


def _written_at(profile: Profile, option: Option[Any]) -> At | None:
    """Where an option is written in a file of the user; None if in none."""
    place = profile.places.get(option.key)
    return None if place is None or place.source.sound else place


def _sought(profile: Profile) -> Iterator[tuple[At, str, str]]:
    """Place, words and pattern of each class and field that is written in a file of the user."""
    if all(place.source.sound for place in profile.places.values()):
        return
    from ..body.classes import LINES  # most profiles are built in
    from ..body.text_fields import FIELDS, PREFIX

    place = _written_at(profile, LINES)
    if place is not None:
        for name, one in profile.settings[LINES].declared.items():
            source = rf"^(?:{one.pattern})\r?$"
            yield place.inside("classes", name), f"lines of the class `{visible(name)}` are", source
    place = _written_at(profile, FIELDS)
    if place is not None:
        for key, field in profile.settings[FIELDS].items():
            if field.pattern:
                name = key.removeprefix(PREFIX)
                yield place.inside(name), f"the field `{visible(name)}` is", field.pattern
