"""The proof of a round: each fix keeps its invariant, its finding is gone, no finding is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from ..check.exact import Diagnosed
from ..encoding.declared import view
from ..encoding.utf8 import MARK
from ..file.reading import Pages
from ..model import Edit, apply_edits
from ..rules.catalog import catalog
from ..rules.index import FAMILIES
from .choosing import Chosen
from .invariants import Case, Change, Content, named

_ORDER = list(FAMILIES)


class Seen(Struct, frozen=True):
    """A file as UTF-8, and the encoding that it was decoded from; empty if it is UTF-8 itself."""

    text: bytes
    codec: str = ""


def seen(data: bytes, charsets: Sequence[str]) -> Seen:
    """The bytes of a file as rules see them; `charsets` are the encodings that may be declared."""
    if not charsets:
        return Seen(data)
    windows = [*view(Pages(b"", data), charsets)]
    codec = next((one.view.codec for one in windows if one.view), "")
    return Seen(b"".join(one.data for one in windows), codec)


class Made(Struct, frozen=True):
    """The bytes after fixes; `why` says why these must not be made, and is empty if they may."""

    data: bytes
    why: str = ""


def tried(
    data: bytes,
    fixes: Sequence[Chosen],
    charsets: Sequence[str],
    documents: Callable[[bytes], Sequence[Content]],
) -> Made:
    """The bytes that these fixes make of `data`, if each keeps its invariant.

    The fixes are made group by group, and each group is compared with the text before it.
    """
    if not _fit_together([edit for one in fixes for edit in one.fix.edits], len(data)):
        return Made(data, "its edits overlap, or are not within the file")
    new, edits = data, list[Edit]()
    before = seen(data, charsets)
    for _, group in groupby(sorted(fixes, key=_group), key=_group):
        own = [*group]
        changes = tuple(_changes(data, own, before.codec, edits))
        edits += [edit for one in own for edit in one.fix.edits]
        new = apply_edits(data, edits)
        after = seen(new, charsets)
        invariant = named(own[0].repair.keeps)
        if not invariant.holds(Case(before.text, after.text, changes, documents)):
            return Made(data, f"it would not keep what it must: {invariant.statement}")
        before = after
    return Made(new)


def _group(fix: Chosen) -> tuple[str, str]:
    return fix.group


def _fit_together(edits: Iterable[Edit], size: int) -> bool:
    """Whether each edit lies within a file of this size, and no two overlap."""
    at = 0
    for start, end in sorted((edit.start, edit.end) for edit in edits):
        if not at <= start <= end:
            return False
        at = end
    return at <= size


def _changes(
    data: bytes, fixes: Iterable[Chosen], codec: str, done: Iterable[Edit]
) -> Iterable[Change]:
    """The changes of the fixes, as UTF-8; their offsets count after the edits `done` were made."""
    moves = sorted((edit.start, len(edit.content) - (edit.end - edit.start)) for edit in done)
    found = [
        (edit, how)
        for one in fixes
        for edit, how in zip(one.fix.edits, one.fix.how or ("",) * len(one.fix.edits), strict=True)
    ]
    at = by = 0
    for edit, how in sorted(found, key=lambda pair: (pair[0].start, pair[0].end)):
        while at < len(moves) and moves[at][0] < edit.start:
            by += moves[at][1]
            at += 1
        yield _change(data, edit, how, codec, by)


def _change(data: bytes, edit: Edit, how: str, codec: str, by: int) -> Change:
    old = data[edit.start : edit.end]
    if not codec:
        return Change(edit.start + by, edit.end + by, old, edit.content, how)
    start = len(_decoded(data[: edit.start], codec).removeprefix(MARK))
    text = _decoded(old, codec)
    return Change(start, start + len(text), text, _decoded(edit.content, codec), how)


def _decoded(data: bytes, codec: str) -> bytes:
    return data.decode(codec, "replace").encode("utf-8", "surrogatepass")


def objection(
    before: Diagnosed, after: Diagnosed, fixes: Sequence[Chosen], first: Sequence[Chosen]
) -> str:
    """Why the fixes must not be made, by the findings `before` and `after` them; empty if they may.

    Of each rule, as many findings must be gone as were fixed in the `first` round, and none may be
    new. Exceptions: if a fix `reveals`, findings of the same or a later family count as old, which
    could not be seen; so do findings that the rule of a fix `covers`.
    """
    mended = Counter(one.code for one in first)
    why = next(iter(left_over(before, after, mended, fixes).values()), "")
    return why or gained(before, after, fixes) or cut_short(before, after)


def left_over(
    before: Diagnosed, after: Diagnosed, mended: Mapping[str, int], fixes: Iterable[Chosen]
) -> dict[str, str]:
    """The rules of which fewer findings are gone than were fixed: code -> words for the refusal.

    For findings that may have been hidden before (`reveals`), it is enough that they are fewer.
    """
    had, has = counts_of(before), counts_of(after)
    return {
        code: f"{_told(code)} would be found all the same"
        for code, count in mended.items()
        if has[code] > had[code] - count
        and not (has[code] < had[code] and _is_revealed(code, fixes))
    }


def cut_short(before: Diagnosed, after: Diagnosed) -> str:
    """Words for a file of which less could be checked after the fixes than before; else empty."""
    is_cut = after.totals.unread > before.totals.unread
    return "the file could not be checked to its end then" if is_cut else ""


def gained(before: Diagnosed, after: Diagnosed, fixes: Iterable[Chosen]) -> str:
    """Words for a rule with more findings than before that no fix revealed; empty if none."""
    had, has = counts_of(before), counts_of(after)
    covered = {name for one in fixes for name in catalog().rules[one.code].covers}
    for code in sorted(has):
        is_new = has[code] > had[code] and catalog().rules[code].name not in covered
        if is_new and not _is_revealed(code, fixes):
            return f"{_told(code)} would be found then"
    return ""


def _is_revealed(code: str, fixes: Iterable[Chosen]) -> bool:
    """Whether findings of this rule may have been hidden before these fixes."""
    revealing = [_ORDER.index(one.code[:3]) for one in fixes if one.repair.reveals]
    return bool(revealing) and _ORDER.index(code[:3]) >= min(revealing)


def counts_of(found: Diagnosed) -> Counter[str]:
    """The number of findings of each rule, those included that are not shown."""
    counts: Counter[str] = Counter()
    for one in found.diagnostics:
        counts[one.code] += 1
        counts[one.code] += int(str(one.data.get("omitted", 0)))
    return counts


def _told(code: str) -> str:
    """A rule as messages name it: code and name."""
    return f"{code} {catalog().rules[code].name}"
