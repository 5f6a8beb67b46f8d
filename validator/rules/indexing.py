"""How the index of the rules is made: each rule is imported, and watched at what it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from typing import Any, NoReturn

from msgspec.structs import astuple

from ..settings.options import Option, Settings
from ..text.screen.screen import Ask, Clue
from .index import FAMILIES, Entry, Index, modules, name_of
from .rule import Corpus, Each, Explain, Local, Name, Rule, Series, Whole


class _Values(dict[str, object]):
    """Options without any value set; `asked` collects the keys that are looked up."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, key: str, default: object = None) -> Any:
        self.asked.add(key)
        return default

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return False

    def __iter__(self) -> NoReturn:
        raise TypeError("ask for the keys one by one, so that it can be known which they are")

    keys = items = values = __iter__


def made() -> Index:
    """The index, made by importing all rules. Raises ValueError if two have one code or name."""
    rules: dict[str, Rule] = {}
    for room, module in modules():
        rule: Rule = import_module(f".{room}.{module}", __package__).rule
        if rule.code in rules or rule.name in (one.name for one in rules.values()):
            raise ValueError(f"two rules claim {rule.code} or `{rule.name}`")
        rules[rule.code] = rule
    _defined_once(rules.values())
    order = list(FAMILIES)
    ordered = sorted(rules.values(), key=lambda rule: (order.index(rule.family), rule.code))
    return Index(tuple(map(_entry, ordered)), dict(_misfits()))


def _defined_once(rules: Iterable[Rule]) -> None:
    options: dict[str, Option[Any]] = {}
    for option in (option for rule in rules for option in rule.options):
        if options.setdefault(option.key, option) is not option:
            raise ValueError(f"two definitions of the option `{option.key}`")


def _entry(rule: Rule) -> Entry:
    check = rule.check
    return Entry(
        rule.code,
        rule.name,
        type(check).__name__.lower(),
        rule.severity,
        rule.kind,
        rule.default,
        tuple(option.key for option in rule.options),
        _asks(partial(works, rule)),
        name_of(check.flaw) if isinstance(check, Explain) else "",
        rule.covers,
        isinstance(check, Local) and check.as_written,
        *_clues(check),
    )


Written = tuple[tuple[str, tuple[bytes, ...]], ...]


def _clues(check: object) -> tuple[Written | None, tuple[str, ...]]:
    """The clues of a check if no option is set, and the keys of options that they depend on.

    None in place of the clues if one of them is a function, which cannot be put in a file.
    """
    ask: Callable[[Settings], Iterable[Clue]] | None = getattr(check, "clues", None)
    if ask is None:
        return None, ()
    settings = Settings({})
    settings.values = watched = _Values()
    found = [*ask(settings)]
    if any(isinstance(one, Ask) for one in found):
        return None, ()
    written = tuple((type(one).__name__, astuple(one)) for one in found)
    return written, tuple(sorted(watched.asked))


def _asks(has_work: Callable[[Settings], bool]) -> tuple[str, ...] | None:
    """The keys of options that decide whether a rule has work; None if it has work without any.

    They are the keys that `has_work` looks up while none is set. If it is false then, it is false
    for every profile that sets none of them.
    """
    settings = Settings({})
    settings.values = watched = _Values()
    return None if has_work(settings) else tuple(sorted(watched.asked))


def works(rule: Rule, settings: Settings) -> bool:
    """Whether a rule has work under these settings, whatever the documents are."""
    check = rule.check
    match check:
        case Explain():
            return check.clues is not None and _any_of(check.clues, settings)
        case Local() | Whole():
            return _any_of(check.clues, settings)
        case Each():
            return check.wanted(settings)
        case Series():
            return check.begin(settings) is not None
        case Corpus():
            return bool(check.facts(settings)) or _any_of(check.elsewhere, settings)
        case Name():
            return True


def _misfits() -> Iterator[tuple[str, tuple[str, ...]]]:
    for room in FAMILIES.values():
        misfits = getattr(import_module(f".{room}", __package__), "misfits", None)
        if misfits is not None:
            yield room, _asks(partial(_any_of, misfits)) or ()


def _any_of(found: Callable[[Settings], Iterable[object]], settings: Settings) -> bool:
    return any(True for _ in found(settings))
