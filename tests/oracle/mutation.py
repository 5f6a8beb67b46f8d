"""Damage done on purpose: named changes, drawn by a seed, so that a run can be repeated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from .cases import Case

Mutator = Callable[[str, Random], str | None]
"""A text, changed; None if it has nothing to change."""

Mutators = Mapping[str, Mutator]
ATTEMPTS = 20
TWICE = 0.2


def mutated(cases: Sequence[Case], mutators: Mutators, number: int, seed: int) -> list[Case]:
    """`number` documents, each made from one of `cases` by one mutator, at times by two.

    The mutators take turns, so that each is used equally often.
    """
    random = Random(seed)
    names = list(mutators)
    made = []
    for turn in range(number):
        name = names[turn % len(names)]
        for _ in range(ATTEMPTS):
            base = random.choice(cases)
            text = base.data.decode("utf-8", "surrogateescape")
            changed = mutators[name](text, random)
            if changed is None or changed == text:
                continue
            origin = name
            if random.random() < TWICE:
                second = random.choice(names)
                again = mutators[second](changed, random)
                if again is not None and again != text:
                    changed, origin = again, f"{name}+{second}"
            data = changed.encode("utf-8", "surrogateescape")
            made.append(Case(base.path, data, origin))
            break
    return made


def changed_in_place(cases: Sequence[Case], mutators: Mutators, seed: int) -> list[Case]:
    """Each of `cases`, most of them changed by two mutators; they go on lying where they are."""
    random = Random(seed)
    made = []
    for case in cases:
        text = case.data.decode("utf-8", "surrogateescape")
        names: list[str] = []
        for name in random.sample([*mutators], 2):
            changed = mutators[name](text, random)
            if changed is not None and changed != text:
                text, names = changed, [*names, name]
        origin = "+".join(["head", *names])
        made.append(Case(case.path, text.encode("utf-8", "surrogateescape"), origin))
    return made


def table(*mutators: Mutator) -> dict[str, Mutator]:
    """Mutators by the name of their function."""
    return {mutator.__name__.replace("_", "-"): mutator for mutator in mutators}


def numbered(*mutators: Mutator) -> dict[str, Mutator]:
    """Mutators by the name of their function; what has the name of an earlier one gets a number."""
    found: dict[str, Mutator] = {}
    for mutator in mutators:
        name = mutator.__name__.replace("_", "-")
        same = sum(known.partition(".")[0] == name for known in found)
        found[f"{name}.{same + 1}" if same else name] = mutator
    return found


def swap(words: str, *pairs: tuple[str, str]) -> Mutator:
    """A mutator that replaces one occurrence of the first text of a pair by the second."""

    def change(text: str, random: Random) -> str | None:
        fitting = [pair for pair in pairs if pair[0] in text]
        if not fitting:
            return None
        old, new = random.choice(fitting)
        at = random.choice(places(text, old))
        return text[:at] + new + text[at + len(old) :]

    change.__name__ = words
    return change


def places(text: str, part: str) -> list[int]:
    """Every offset at which `part` stands."""
    found, at = [], text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found


def lost_line(text: str, random: Random) -> str | None:
    lines = text.split("\n")
    del lines[random.randrange(len(lines))]
    return "\n".join(lines)


def doubled_line(text: str, random: Random) -> str | None:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    return "\n".join(lines[: at + 1] + lines[at:])


def exchanged_lines(text: str, random: Random) -> str | None:
    lines = text.split("\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def lost_character(text: str, random: Random) -> str | None:
    at = random.randrange(len(text)) if text else 0
    return text[:at] + text[at + 1 :]


def new_character(text: str, random: Random) -> str | None:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(" -.,:;`<>{}()aZ0é\n") + text[at:]


NOISE = (lost_line, doubled_line, exchanged_lines, lost_character, new_character)
