"""All the rules there are: found by walking `validator.rules`, never listed by hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any, Final

from msgspec import Struct

from .. import rules as _rooms
from ..errors import ValidatorError, did_you_mean
from ..settings.options import Option, Settings
from .rule import Rule

FAMILIES: Final = {
    "FIL": "file",
    "ENC": "encoding",
    "TXT": "text",
    "DEL": "delimiters",
    "MET": "metadata",
    "BOD": "body",
    "COR": "corpus",
}
"""Code prefix of each family and the profile table, room and chapter that bear its name, in the
order in which data flows through them."""


Misfits = Callable[[Settings], Iterable[tuple[str, str]]]
"""Says what does not fit together in a profile: the key to blame, and the rest of the sentence
"`key` ..."."""


class Catalog(Struct, frozen=True):
    """The rules by code, every option by its key, and what families say of options together."""

    rules: Mapping[str, Rule]
    options: Mapping[str, Option[Any]]
    misfits: tuple[Misfits, ...] = ()

    def find(self, word: str) -> Rule:
        """The rule of this code or name. Raises ValidatorError with the nearest one."""
        for rule in self.rules.values():
            if word.upper() == rule.code or word.lower() == rule.name:
                return rule
        raise ValidatorError(f"there is no rule `{word}`{did_you_mean(word, self.words())}")

    def select(self, selector: str) -> frozenset[str]:
        """Codes meant by `ALL`, a code, a prefix of one, or a name; empty when unknown."""
        if selector == "ALL":
            return frozenset(self.rules)
        return frozenset(
            code
            for code, rule in self.rules.items()
            if selector == rule.name or (selector.isupper() and code.startswith(selector))
        )

    def words(self) -> list[str]:
        """Everything that a selector may say, for suggestions."""
        names = [rule.name for rule in self.rules.values()]
        return [*names, *self.rules, *FAMILIES, "ALL"]


@cache
def catalog() -> Catalog:
    """The catalog, walked once. Raises ValueError when two rules claim one code or name."""
    rules: dict[str, Rule] = {}
    names: set[str] = set()
    for rule in _walk():
        if rule.code in rules or rule.name in names:
            raise ValueError(f"two rules claim {rule.code} or `{rule.name}`")
        rules[rule.code] = rule
        names.add(rule.name)
    order = list(FAMILIES)
    ordered = dict(sorted(rules.items(), key=lambda item: (order.index(item[0][:3]), item[0])))
    options: dict[str, Option[Any]] = {}
    for rule in ordered.values():
        for option in rule.options:
            if options.setdefault(option.key, option) is not option:
                raise ValueError(f"two definitions of the option `{option.key}`")
    rooms = [import_module(f"{_rooms.__name__}.{room}") for room in FAMILIES.values()]
    return Catalog(ordered, options, tuple(one.misfits for one in rooms if hasattr(one, "misfits")))


def _walk() -> Iterator[Rule]:
    for room in FAMILIES.values():
        folder = os.path.join(os.path.dirname(_rooms.__file__), room)
        package = import_module(f"{_rooms.__name__}.{room}")
        for file in sorted(os.listdir(folder)):
            stem, ending = os.path.splitext(file)
            if ending == ".py" and stem != "__init__":
                yield _module(package, stem, os.path.join(folder, file)).rule


def _module(package: ModuleType, stem: str, path: str) -> Any:
    """The module in a file whose place is known: to search for it takes as long as to run it."""
    name = f"{package.__name__}.{stem}"
    found = sys.modules.get(name)
    if found is None:
        loader = SourceFileLoader(name, path)
        spec = ModuleSpec(name, loader, origin=path)
        spec.has_location = True
        found = sys.modules[name] = module_from_spec(spec)
        try:
            loader.exec_module(found)
        except BaseException:
            del sys.modules[name]
            raise
        setattr(package, stem, found)
    return found
