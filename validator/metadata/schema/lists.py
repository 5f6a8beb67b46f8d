"""Keywords about lists, and about texts that are lists: parts, steps, order, repeated items."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from ...model import Aside
from ...text.lazy_re import later
from ...text.re2 import first_group
from .checks import Check, named
from .judging import shown, some_of
from .mending import ordered_keys, sorted_items
from .spots import Spot
from .violation import Path, Violation

_FOLD: Final = later(r"[ \t]*[\r\n]+[ \t]*")
_NUMBERS: Final = later(r"\d+", re.ASCII)
_LONGEST_NUMBER: Final = 4000  # digits that int() takes without complaint


class Split(Check):
    """`x-split`: the text is a list."""

    cause = "malformed-value"

    def prepare(self) -> None:
        said = {"on": self.value} if isinstance(self.value, str) else self.value
        on = said.get("on", ", ")
        self.trim = bool(said.get("trim"))
        self.lines = bool(said.get("lines"))
        self.trailing = self.lines or bool(said.get("trailing"))
        self.on = on.strip() or on if self.trim else on
        self.core = on.strip()
        self.view = self.host.view(self.path[:-1])

    def parts(self, text: str) -> list[str]:
        """The parts of a text; none for an empty one."""
        if not text.strip():
            return []
        lines = [text]
        if "\n" in text or "\r" in text:
            lines = _FOLD.split(text) if self.lines else [_FOLD.sub(" ", text)]
        if self.trailing:
            lines = [line.removesuffix(self.core) for line in lines]
        parts = [part for line in lines for part in line.split(self.on)]
        return [part.strip() for part in parts] if self.trim else parts

    def _tidy(self, part: str) -> bool:
        return part.strip() == part != "" and not (self.core and self.core in part)

    def holds(self, value: Any) -> bool:
        if not isinstance(value, str):
            return True
        parts = self.parts(value)
        if "" in parts or [part.strip() for part in parts] != parts:
            return False
        if self.core and [True for part in parts if self.core in part]:
            return False
        return self._parts_fit is None or self._parts_fit(parts)

    @cached_property
    def _parts_fit(self) -> Callable[[Any], bool] | None:
        """A function that says whether the parts fit the schema of parts; None without such."""
        return None if self.view is None else self.host.fits(self.view)

    def explain(self, spot: Spot) -> Iterator[Violation]:
        parts = self.parts(spot.value)
        whole = spot.split(parts, self.on)
        bad = [index for index, part in enumerate(parts) if not self._tidy(part)]
        for index in bad:
            part = whole.parts[index]
            yield self.found(
                part,
                self._untidy(parts[index], named(part.path)),
                help=f"write exactly `{shown(self.on)}` between two items",
            )
        if bad:
            return  # nothing more can be said of parts that are cut in the wrong place
        if self.view is not None:
            yield from self.host.explain(self.view, whole)

    def _untidy(self, part: str, name: str) -> str:
        if not part.strip():
            return f"{name} is empty"
        if self.core and self.core in part:
            return f"{name} is `{shown(part)}`, which is more than one item"
        return f"{name} has blanks around it"


class Steps(Check):
    """`x-steps`: the first schema that does not hold is reported."""

    def holds(self, value: Any) -> bool:
        return self._broken(value) is None

    def _broken(self, value: Any) -> Path | None:
        """The path of the first step that does not hold; None if all do."""
        steps: list[Path] = [(*self.path, index) for index in range(len(self.value))]
        return next((step for step in steps if not self.host.fits(step)(value)), None)

    def explain(self, spot: Spot) -> Iterator[Violation]:
        step = self._broken(spot.value)
        if step is not None:
            yield from self.host.explain(step, spot)


class Sorted(Check):
    """`x-sorted`: the items stand in order."""

    cause = "unsorted-list"

    def prepare(self) -> None:
        keys: dict[str, Callable[[Any], Any]] = {
            "text": str,
            "casefold": _folded,
            "numeric": _numbers,
            "numeric-text": _numbers_and_text,
        }
        said = self.value if isinstance(self.value, dict) else {"order": self.value}
        self.key = keys[said.get("order", "text")]
        if "by" in said:
            self.key = _of_group(self.key, first_group(said["by"]))

    def holds(self, value: Any) -> bool:
        if not isinstance(value, list):
            return True
        keys = [key for key in map(self.key, value) if key != ()]  # without items without a number
        return all(first <= second for first, second in pairwise(keys))

    def explain(self, spot: Spot) -> Iterator[Violation]:
        keyed = [(self.key(item), index) for index, item in enumerate(spot.value)]
        for (before, earlier), (key, index) in pairwise(one for one in keyed if one[0] != ()):
            if key < before:
                item = spot.child(index)
                order = sorted(spot.value, key=self.key)
                places = sorted(range(len(order)), key=lambda at: self.key(spot.value[at]))
                whole = len(keyed) == sum(one[0] != () for one in keyed)
                yield self.found(
                    item,
                    f"{named(spot.path)} is not sorted: `{shown(spot.value[index])}` stands after "
                    f"`{shown(spot.value[earlier])}`",
                    help=f"in order: {some_of(order)}",
                    related=(Aside(spot.child(earlier).start, "the item before it"),),
                    fix=sorted_items(spot, places) if whole else None,
                )
                return


def _folded(value: Any) -> str:
    return str(value).casefold()


def _numbers(value: Any) -> tuple[int, ...]:
    """The numbers in a text, in order: (55,) for `EIP-55`, (1, 10) for `1.10`."""
    return tuple(int(digits[:_LONGEST_NUMBER]) for digits in _NUMBERS.findall(str(value)))


def _numbers_and_text(value: Any) -> tuple[tuple[int, ...], str]:
    return _numbers(value), str(value)


def _of_group(
    key: Callable[[Any], Any], group: Callable[[bytes], bytes | None]
) -> Callable[[Any], Any]:
    """The sort key `key` of the part that `group` finds in a value, or of the whole value."""

    def of(value: Any) -> Any:
        found = group(str(value).encode("utf-8", "replace"))
        return key(value if found is None else found.decode("utf-8", "replace"))

    return of


class Unique(Check):
    """`x-unique`: no item twice."""

    cause = "repeated-item"

    def prepare(self) -> None:
        self.groups = None
        if isinstance(self.value, dict):
            self.groups = first_group(self.value["by"])

    def _key(self, item: Any) -> Hashable:
        if not isinstance(item, str):
            return str(item)
        if self.groups is not None:
            found = self.groups(item.encode("utf-8", "replace"))
            return found if found is not None else item
        return item.casefold() if self.value == "casefold" else item

    def holds(self, value: Any) -> bool:
        return not isinstance(value, list) or len(set(map(self._key, value))) == len(value)

    def explain(self, spot: Spot) -> Iterator[Violation]:
        for index, earlier in repeats(map(self._key, spot.value)):
            item, other = spot.value[index], spot.value[earlier]
            again = f"`{shown(item)}` twice: it is item {earlier + 1} already"
            same = "" if item == other else f", as `{shown(other)}`"
            yield self.found(
                spot.child(index),
                f"{named(spot.path)} has {again}{same}",
                help="leave one of them",
                related=(Aside(spot.child(earlier).start, f"item {earlier + 1}"),),
            )


def repeats(keys: Iterable[Hashable]) -> Iterator[tuple[int, int]]:
    """The indexes of keys that came before, each with the index of the first equal key."""
    first: dict[Hashable, int] = {}
    for index, key in enumerate(keys):
        earlier = first.setdefault(key, index)
        if earlier != index:
            yield index, earlier


class Order(Check):
    """`x-order`: the keys stand in this order."""

    cause = "key-order"

    def prepare(self) -> None:
        self.rank = {name: index for index, name in enumerate(self.value)}

    def holds(self, value: Any) -> bool:
        if not isinstance(value, dict):
            return True
        rank, last = self.rank, -1
        for key in value:
            at = rank.get(key)
            if at is not None:
                if at < last:
                    return False
                last = at
        return True

    def explain(self, spot: Spot) -> Iterator[Violation]:
        keys = [key for key in spot.value if key in self.rank]
        ordered = sorted(keys, key=self.rank.__getitem__)
        for before, key in pairwise(keys):
            if self.rank[key] < self.rank[before]:
                place = ordered.index(key)
                where = f"after `{shown(ordered[place - 1])}`" if place else "first"
                other = ordered[place - 1 if place else 1]
                aside = f"it belongs {'after' if place else 'before'} this one"
                child = spot.child(key)
                yield self.found(
                    child,
                    f"`{shown(key)}` stands after `{shown(before)}`; it belongs {where}",
                    help=f"the order is {some_of(ordered)}",
                    span=child.key_span,
                    order=ordered,
                    fix=ordered_keys(spot, ordered),
                    related=(Aside(spot.child(other).key_span[0], aside),),
                )
                return
