"""Checks of `body.lines`: what lines of some classes must fulfil, how many of them there may be."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec import Meta, field

from ..settings.annotations import OR_ONE
from ..settings.options import Count, Pattern, Word
from ..settings.terms import Terms
from .beginnings import Need

Classes = Annotated[
    tuple[Annotated[Word, Meta(title="the name of a class|names of classes")], ...],
    Meta(min_length=1),
    OR_ONE,
]


class LineCheck(Terms, frozen=True):
    """What lines of these classes must fulfil, or how many of them there may be."""

    classes: Annotated[Classes, "a class of lines, or a list of classes"] = field(name="class")
    pattern: Annotated[Pattern, "what each of them must hold"] = ""
    not_pattern: Annotated[Pattern, "what none of them may hold"] = ""
    min: Annotated[Count, "how many there must be at least"] = 0
    max: Annotated[Count | None, "how many there may be"] = None

    def __post_init__(self) -> None:
        if not (self.pattern or self.not_pattern or self.min or self.max is not None):
            raise ValueError("needs one of `pattern`, `not-pattern`, `min` and `max`")
        if self.max is not None and self.max < self.min:
            raise ValueError(f"asks for at least {self.min} and at most {self.max}")
        if (self.pattern or self.not_pattern) and not self.message:
            raise ValueError("needs a `message`: nobody should have to read the pattern")

    def needs(self, kinds: Sequence[int]) -> Iterator[Need]:
        """What is needed of lines of each class in `kinds` (indexes).

        The number of lines is asked of all these classes together.
        """
        for kind in kinds:
            yield kind, self.pattern, self.not_pattern, 0, None
        if self.min or self.max is not None:
            yield kinds[0] if len(kinds) == 1 else -1, "", "", self.min, self.max
