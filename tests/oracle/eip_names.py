"""Damage to what a proposal names and links to, for documents that lie beside each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .mutation import Mutator, table

_NAME = re.compile(r"\b(EIP|ERC)-([0-9]+)")
_LINK = re.compile(r"\[([^\]\n]*)\]\(\./eip-[0-9]+\.md\)")
_FIELD = re.compile(r"^(title|description): .*$", re.MULTILINE)
_STATUS = re.compile(r"^status: .*$", re.MULTILINE)
_GAP = re.compile(r"\n\n")
_NUMBERS = ("20", "721", "155", "1559", "4337", "3", "8000", "99999")
_WRAPPED = (
    *("`{}`", "<b>{}</b>", "<a href='{}'>", "![{}](./x.png)", "[{}][r]", "**{}**", "<!-- {} -->"),
    *("\n    {}\n", "\n\n    {}\n", "\n\n- {}\n\n      {}\n", "> {}", "[x {} y](#z)", "\\[{}]"),
    *("_{}_", "<https://x.org/{}>"),
)
_ADDED = (
    *("See [EIP-20](./eip-20.md).", "See [ERC-20](./eip-20.md), ERC-20.", "[x](./eip-4337.md)"),
    *("[x](./eip-3.md) EIP-3", "ERC-20 [ERC-20](./eip-20.md)", "[a][q]\n\n[q]: ./eip-4.md"),
)


def _at_one(place: re.Pattern[str], change: Callable[[re.Match[str], Random], str]) -> Mutator:
    """A change to one of the places where a pattern matches."""

    def changed(text: str, random: Random) -> str | None:
        found = [*place.finditer(text)]
        if not found:
            return None
        one = random.choice(found)
        return text[: one.start()] + change(one, random) + text[one.end() :]

    return changed


def _named(name: str, mutator: Mutator) -> Mutator:
    mutator.__name__ = name
    return mutator


def _other(match: re.Match[str], random: Random) -> str:
    other = {"EIP": "ERC", "ERC": "EIP"}[match[1]]
    return f"{random.choice([other, 'eip', 'Eip'])}-{match[2]}"


MUTATORS = table(
    _named("prefix", _at_one(_NAME, _other)),
    _named("number", _at_one(_NAME, lambda m, random: f"{m[1]}-{random.choice(_NUMBERS)}")),
    _named("unlinked", _at_one(_LINK, lambda m, random: m[1])),
    _named(
        "wrapped", _at_one(_NAME, lambda m, random: random.choice(_WRAPPED).replace("{}", m[0]))
    ),
    _named(
        "field",
        _at_one(_FIELD, lambda m, random: f"{m[0]} {random.choice(['EIP', 'ERC', 'eip'])}-20"),
    ),
    _named(
        "status",
        _at_one(
            _STATUS, lambda m, random: f"status: {random.choice(['Draft', 'Final', 'Review'])}"
        ),
    ),
    _named("added", _at_one(_GAP, lambda m, random: f"\n\n{random.choice(_ADDED)}\n\n")),
)
