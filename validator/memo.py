"""Answers that are computed once and kept in the object that they are about.

The headings of a document, say. This is the one way to keep an answer that more than one caller
asks for. It is freed with the object; a changed copy and an unpickled object begin without any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, Final, TypeVar, TypeVarTuple

Owner = TypeVar("Owner")
Details = TypeVarTuple("Details")
Answer = TypeVar("Answer")

T = TypeVar("T")

_UNASKED: Final = object()


def memo(work: Callable[[Owner, *Details], Answer]) -> Callable[[Owner, *Details], Answer]:
    """Make a function of an owner, and of details that can be hashed, work once for each of them.

    The answers are kept in the owner's `__dict__` under the function itself, so that no two
    functions share a place. The owner is a record with `dict=True`, whose copies and pickles have
    an empty `__dict__`, or a class that sees to this itself. What is raised is not kept.
    """
    if work.__code__.co_argcount == 2:
        alone: Callable[[Owner, *Details], Answer] = _of_one_detail(work)
        return alone

    @wraps(work)
    def asked(owner: Owner, *details: *Details) -> Answer:
        kept: dict[Any, Any] = owner.__dict__
        key = asked, *details
        answer: Answer = kept.get(key, _UNASKED)
        if answer is _UNASKED:
            answer = kept[key] = work(owner, *details)
        return answer

    return asked


def _of_one_detail(work: Callable[..., Answer]) -> Any:
    """`memo` for a function of one detail: the usual kind, called for every document."""

    @wraps(work)
    def asked(owner: object, detail: object) -> Answer:
        kept: dict[Any, Any] = owner.__dict__
        key = asked, detail
        answer: Answer = kept.get(key, _UNASKED)
        if answer is _UNASKED:
            answer = kept[key] = work(owner, detail)
        return answer

    return asked


def keep(
    asked: Callable[[Owner, *Details], Answer], answer: Answer, owner: Owner, *details: *Details
) -> None:
    """Keep an answer that is known already, as if a function with a memo had been asked."""
    kept: dict[Any, Any] = owner.__dict__
    kept[asked, *details] = answer


class Loaded(Mapping[str, T]):
    """A mapping from names to values, each of which is made when it is first asked for."""

    def __init__(
        self, makers: Mapping[str, Callable[[], T]], made: Mapping[str, T] | None = None
    ) -> None:
        """`makers` make the values, by name; `made` are values that need no maker."""
        self._makers, self._made = makers, {**(made or {})}

    def __getitem__(self, name: str) -> T:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers or name in self._made

    def __iter__(self) -> Iterator[str]:
        return iter({**self._makers, **self._made})

    def __len__(self) -> int:
        return len({**self._makers, **self._made})

    def waits(self, name: str) -> bool:
        """Whether there is a value of this name that was not made yet."""
        return name in self._makers and name not in self._made

    def under(self, other: Loaded[T]) -> Loaded[T]:
        """Both together; a name that both have is that of `other`. No value is made for it."""
        mine = {name: make for name, make in self._makers.items() if name not in other}
        made = {name: one for name, one in self._made.items() if name not in other}
        return Loaded({**mine, **other._makers}, {**made, **other._made})
