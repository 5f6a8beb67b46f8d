"""Documents by grammar: a function a format, which makes a file of a source of chance.

They are mostly right, and lean towards everything that readers dispute. The same seed gives the
same files.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Chance = random.Random
Make = Callable[[Chance], bytes]


def some(chance: Chance, choices: Sequence[Callable[[Chance], str]], rare: int = 4) -> str:
    """What one of these makes; the first is as likely as `rare` of the others."""
    at = chance.randrange(len(choices) + rare)
    return choices[max(0, at - rare)](chance)


def word(chance: Chance) -> str:
    """A word of letters."""
    return chance.choice(
        "a b Sea tide harbour title no. Über 日本 naïve x1 v2 a-b a_b it's C# a/b é".split()
    )


def sentence(chance: Chance) -> str:
    """Some words."""
    return " ".join(word(chance) for _ in range(chance.randint(1, 5)))
