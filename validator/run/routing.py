"""The profile that each file is checked under. Files without a profile are counted, never lost."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from msgspec import Struct

from ..delimiters.division import divides, sidecar_form
from ..file.archive_names import archives_among
from ..file.compression import packed
from ..file.listing import names_in
from ..file.passed_by import BESIDE, EXCLUDED, HIDDEN, UNCLAIMED, PassedBy
from ..file.sidecars import is_sidecar, sidecar_of
from ..file.walk import Listing
from ..profile.configuration import Configuration, find_profile
from ..profile.patterns import Patterns
from ..profile.resolve import Profile
from .by_content import Contents
from .claims import Here, asked, claim
from .configurations import Configurations

NO_PROFILE: Final = -1
KEPT_OUT: Final = -2
NOT_NAMED: Final = -3
"""In place of the index of a profile: no profile is for the file, the configuration excludes it, or
the file is hidden and no profile names it."""

OF_MEMBERS: Final = -4
"""In place of the index of a profile: the file is an archive, and its members have profiles."""

REASONS: Final = {NO_PROFILE: UNCLAIMED, KEPT_OUT: EXCLUDED, NOT_NAMED: HIDDEN}


class Choice(Struct, frozen=True):
    """The profiles and patterns of a configuration, by which files are routed. It pickles.

    The first `own` of the `profiles` are written in the configuration; if one `is_chosen`, it is
    the only one, for all files. Files that `exclude` matches are passed by; of files that
    `archives` matches, the members are checked.
    """

    profiles: tuple[Profile, ...]
    own: int
    is_chosen: bool
    exclude: tuple[Patterns, ...]
    archives: tuple[Patterns, ...]


def choice_of(config: Configuration, chosen: Profile | None) -> Choice:
    """The choice under a configuration; a profile that is `chosen` is for all files."""
    profiles, own = ((chosen,), 0) if chosen else (config.profiles, len(config.own))
    return Choice(profiles, own, chosen is not None, config.exclude, config.archives)


class Routed(NamedTuple):
    """Files with the index of their profile; for `archives`, that of the archives themselves."""

    profile: int
    names: list[bytes]
    archives: bool = False


class Router:
    """Routes files under one configuration: to the first of its `profiles` that is for them."""

    def __init__(self, choice: Choice, skipped: PassedBy) -> None:
        self.profiles = choice.profiles
        self._skipped = skipped
        self._excluded, self._archives = asked(choice.exclude), asked(choice.archives)
        self._claims = [claim(profile, not choice.is_chosen) for profile in self.profiles]
        self.forms = [sidecar_form(profile.settings) for profile in self.profiles]
        only = self._claims[0]
        self._everything = len(self.profiles) == 1 and not (
            only.wanted or only.unwanted or self._excluded or self.forms[0]
        )
        self._chosen = choice.is_chosen
        own = choice.own
        self._groups = [
            (range(own), Contents(self.profiles[:own])),
            (range(own, len(self.profiles)), Contents(self.profiles[own:], own)),
        ]

    def route(self, listing: Listing) -> Iterator[tuple[int, list[bytes]]]:
        """Runs of neighbouring names with the index of their profile, or `OF_MEMBERS`."""
        names = listing.names
        if any(self.forms):
            names = self._documents(listing)
        archives = archives_among(names) if self._archives else ()
        if (self._everything or (self._chosen and listing.explicit)) and not archives:
            if names:
                yield 0, names
            return
        here = _here(listing)
        pairs = [(self._route_file(here, listing, name), name) for name in names]
        for profile, group in groupby(pairs, key=lambda pair: pair[0]):
            found = [name for _, name in group]
            if profile in REASONS:
                self._skipped.add(REASONS[profile], listing.path, found)
            else:
                yield profile, found

    def _route_file(self, here: Here, listing: Listing, name: bytes) -> int:
        """The index of the profile of a file, or one of the negative numbers above."""
        path = None if name in listing.odd else listing.path + name
        may_be = path and not listing.hides(name)
        if may_be and self._archives and archives_among([name]):
            decoded = os.fsdecode(name)
            if self._archives(here, decoded):
                is_out = self._excluded is not None and self._excluded(here, decoded)
                return KEPT_OUT if is_out else OF_MEMBERS
        if self._everything or (self._chosen and listing.explicit):
            return 0
        return self.profile_of(here, os.fsdecode(name), listing.hides(name), path)

    def _documents(self, listing: Listing) -> list[bytes]:
        """The names of a listing without sidecar files, which are counted as passed by.

        If the user named a sidecar file, its document is checked in its place.
        """
        names: list[bytes] = []
        beside: list[bytes] = []
        here = _here(listing)
        for name in listing.names:
            (beside if self._is_beside(here, name) else names).append(name)
        forms = [form for form in self.forms if form and beside]
        orphans = {*beside} - {sidecar_of(name, form) for form in forms for name in names}
        if orphans:  # their documents may lie elsewhere in the order, or were not named
            found = dict(self._theirs(here, listing.path, orphans))
            orphans -= {*found.values()}
            if listing.explicit:
                names = sorted({*names, *found})
        read = [name for name in beside if name not in orphans]
        self._skipped.add(BESIDE, listing.path, read)
        self._skipped.add("without its document", listing.path, sorted(orphans))
        return names

    def _theirs(
        self, here: Here, folder: bytes, beside: set[bytes]
    ) -> Iterator[tuple[bytes, bytes]]:
        """The documents in a directory whose sidecars are among `beside`, each with its sidecar."""
        for name in names_in(folder):
            at = self.profile_of(here, os.fsdecode(name))
            if at < 0 or not self.forms[at] or self._is_beside(here, name):
                continue
            own = sidecar_of(name, self.forms[at])
            if own in beside and os.path.isfile(folder + name):
                yield name, own

    def _is_beside(self, here: Here, name: bytes) -> bool:
        """Whether a file is a sidecar, and no profile takes it as a document."""
        if not any(form and is_sidecar(name, form) for form in self.forms):
            return False
        if self._chosen:
            return True
        at = self.profile_of(here, os.fsdecode(name))
        return at < 0 or (self.forms[at] != "" and is_sidecar(name, self.forms[at]))

    def route_one(self, path: str, content: bytes | None = None) -> int | None:
        """The index of the profile for a path that need not exist; None if it has none.

        `content` is the path of a file with its bytes, which may be read; None if there is none.
        """
        if self._everything or self._chosen:
            return 0
        folder, _, name = path.rpartition("/")
        found = self.profile_of(Here(folder), name, content=content)
        return None if found < 0 else found

    def profile_of(
        self, here: Here, name: str, is_hidden: bool = False, content: bytes | None = None
    ) -> int:
        """The index of the profile of a file, or one of the negative numbers above.

        `content` is the path to read its bytes from; None if they must not be read. Profiles of the
        configuration go before built-in ones. A profile takes a file by its patterns first; if
        none does, by content, then by name.
        """
        if self._excluded and self._excluded(here, name):
            return KEPT_OUT
        for group, contents in self._groups:
            takers = (at for at in group if self._claims[at].takes(here, name, is_hidden))
            at = next(takers, None)
            if content is not None and not is_hidden and (at is None or self._claims[at].by_name):
                taker = None if at is None else self.profiles[at]
                found = contents.of(here, name, content, taker)
                if found:
                    self._skipped.known_by_content(content, self.profiles[found[0]].name, found[1])
                    return found[0]
            if at is not None:
                return at
        return NOT_NAMED if is_hidden else NO_PROFILE


class Routing:
    """Routes the files of a walk, each under the configuration that counts for its directory.

    `profiles` are those of each configuration. The index of a profile counts all of them in order.
    """

    def __init__(self, known: Configurations, chosen: Profile | None, skipped: PassedBy) -> None:
        self._known = known
        self.choices = [choice_of(one, chosen or _choice(one)) for one in known.every]
        self._routers = [Router(one, skipped) for one in self.choices]
        self.profiles = [router.profiles for router in self._routers]
        self._divide: dict[int, bool] = {}
        sizes = [len(profiles) for profiles in self.profiles]
        self.first = [sum(sizes[:at]) for at in range(len(sizes))]

    def route(self, listing: Listing) -> Iterator[Routed]:
        """Runs of neighbouring names with the index of their profile."""
        at = self._known.index_of(os.fsdecode(listing.path) or ".")
        for profile, names in self._routers[at].route(listing):
            if profile == OF_MEMBERS:
                yield Routed(self.first[at], names, archives=True)
            else:
                yield Routed(self.first[at] + profile, names)

    def may_be_large(self, profile: int, names: Sequence[bytes]) -> bool:
        """Whether files of a profile tend to be large: with many documents, or compressed.

        Then it is worth the time to ask the size of every one.
        """
        if profile not in self._divide:
            every = [one for some in self.profiles for one in some]
            self._divide[profile] = divides(every[profile].settings)
        return self._divide[profile] or bool(packed(names))

    def route_one(self, path: str, content: bytes | None = None) -> int | None:
        """See `Router`."""
        at = self._known.index_of(os.path.dirname(path) or ".")
        found = self._routers[at].route_one(path, content)
        return None if found is None else self.first[at] + found


def _here(listing: Listing) -> Here:
    return Here(os.fsdecode(listing.path), os.fsdecode(listing.root))


def _choice(config: Configuration) -> Profile | None:
    """The profile that a configuration chooses for all files."""
    return find_profile(config.chosen, config) if config.chosen else None
