"""Findings that are suppressed by the configuration or by a comment."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from ..errors import did_you_mean
from ..file.gitignore import matcher
from ..file.suppressions import (
    ExpiredSuppression,
    MalformedSuppression,
    UnjustifiedSuppression,
    UnusedSuppression,
)
from ..model import SpanFlaw
from ..profile.patterns import Suppress
from ..rules.catalog import catalog
from ..rules.rule import Corpus, Rule
from ..text.lines import Window
from .suppression_comments import Comment, CommentReader

BY_COMMENT: Final = -1
"""In place of the number of a suppression of the configuration."""

HYGIENE: Final = frozenset({"FIL301", "FIL302", "FIL303", "FIL304"})
"""The rules about suppressions themselves, which cannot be suppressed."""


class Muting:
    """The suppressions of a configuration that hold on `today`; used for files with findings."""

    def __init__(self, every: Sequence[Suppress], today: date) -> None:
        self.today = today
        self._every = [(at, one) for at, one in enumerate(every) if one.holds(today)]
        self._speaks: dict[int, Callable[[str], bool]] = {}

    def of(self, path: str, archive: str = "") -> Mapping[str, int]:
        """The number of the suppression for each code of a rule that is suppressed at this path.

        Patterns see the path of an `archive` as a directory, in which its members are files.
        """
        if archive:
            path = f"{archive}/{path[len(archive) + 1 :]}"
        found: dict[str, int] = {}
        for at, one in self._every:
            if at not in self._speaks:
                self._speaks[at] = matcher(one.files.lines, one.files.base)
            if self._speaks[at](path):
                found = {**dict.fromkeys(one.codes, at), **found}
        return found


class Muted:
    """The suppressions of one file. `used` counts suppressed findings by their number."""

    def __init__(self, muting: Muting, path: str, name: bytes, archive: str = "") -> None:
        self._muting, self._path, self._archive = muting, path, archive
        self._reader = CommentReader(name)
        self._needed: set[tuple[int, str]] = set()
        self._named: defaultdict[str, list[int]] = defaultdict(list)  # comments that hold
        self._codes: Mapping[str, int] | None = None
        self.used: Counter[int] = Counter()

    def _number(self, code: str) -> int | None:
        """The number of the suppression of a rule in this file by the configuration, or None."""
        if self._codes is None:
            self._codes = self._muting.of(self._path, self._archive)
        return self._codes.get(code)

    @property
    def has_comments(self) -> bool:
        """Whether the windows so far had comments; the last may be about the next window, too."""
        return bool(self._reader.comments)

    def read(self, window: Window) -> None:
        """Take in the comments of the next window."""
        known = len(self._reader.comments)
        self._reader.read(window)
        for which, comment in enumerate(self._reader.comments[known:], known):
            for word in comment.rules if self._holds(comment) else ():
                self._named[word].append(which)

    def mutes(self, rule: Rule, at: int, path: str = "") -> bool:
        """Whether a finding of this rule that begins at the byte `at` of the file is suppressed.

        `at` is -1 for a finding about the file as a whole. `path` is that of a sidecar file, if
        the finding is in that. A suppressed finding is counted.
        """
        if rule.code in HYGIENE:
            return False
        number = self._number(rule.code)
        if number is not None:
            self.used[number] += 1
            return True
        if at < 0 or path:
            return False
        which = self._comment_about(at, rule)
        if which is None:
            return False
        words = self._reader.comments[which].rules
        self._needed.add((which, next(word for word in words if word in (rule.code, rule.name))))
        self.used[BY_COMMENT] += 1
        return True

    def _comment_about(self, at: int, rule: Rule) -> int | None:
        """The number of the nearest comment that suppresses this rule at a byte, or None."""
        before = self._reader.before(at)
        nearest = -1
        for named in (self._named[rule.code], self._named[rule.name]) if before else ():
            number = bisect_left(named, before)
            nearest = max(nearest, named[number - 1] if number else -1)
        return nearest if nearest >= 0 and self._reader.comments[nearest].stop > at else None

    def whole(self, rule: Rule, number: int) -> bool:
        """Whether this rule is suppressed in all of the file; if so, counts `number` findings."""
        muted = self._number(rule.code)
        if muted is None or rule.code in HYGIENE:
            return False
        self.used[muted] += number
        return True

    def _holds(self, comment: Comment) -> bool:
        return not comment.wrong and (comment.until is None or self._muting.today <= comment.until)

    def flaws(self, asked: Collection[str]) -> Iterator[SpanFlaw]:
        """The flaws of the comments, after the rules of the codes `asked` have been applied."""
        for which, comment in enumerate(self._reader.comments):
            start, end = comment.start, comment.end
            if comment.wrong:
                yield MalformedSuppression(start, end, comment.wrong)
                continue
            if comment.until is not None and not self._holds(comment):
                yield ExpiredSuppression(start, end, comment.until, comment.reason)
                continue
            if not comment.reason:
                yield UnjustifiedSuppression(start, end)
            unused = []
            for word in comment.rules:
                codes = catalog().select(word)
                if not codes:
                    near = did_you_mean(word, catalog().words())
                    yield MalformedSuppression(start, end, f"there is no rule `{word}`{near}")
                elif len(codes) > 1:
                    words = f"`{word}` stands for {len(codes)} rules, and each must be named"
                    yield MalformedSuppression(start, end, words)
                elif (which, word) not in self._needed and _is_asked(next(iter(codes)), asked):
                    unused.append(word)
            if unused:
                yield UnusedSuppression(start, end, tuple(unused))


def _is_asked(code: str, asked: Collection[str]) -> bool:
    """Whether a rule has been applied to the file; corpus rules are only after the last file."""
    return code in asked and not isinstance(catalog().rules[code].check, Corpus)


NOTHING_MUTED: Final = Muting((), date.min)


def nothing(path: str) -> Muted:
    """The suppressions of a file that has none in a configuration."""
    return Muted(NOTHING_MUTED, path, os.fsencode(path))
