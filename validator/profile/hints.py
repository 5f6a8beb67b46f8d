"""What may have been meant by a key, a value or a rule that is unknown.

A key may have another name in other tools (`settings/synonyms`), be a key of ours that belongs into
another table, or be a typing error. For any other one the message lists the keys of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ..errors import did_you_mean
from ..rules.catalog import catalog
from ..rules.index import FAMILIES
from ..settings.annotations import table_type
from ..settings.synonyms import ADVICE, COMMAND, KEYS, NOTES, TABLES, VALUES, Synonym, plainly
from ..settings.value_types import Choice, ValueType, shown
from ..text.visible import visible
from .keys import ConfigKeys, ProfileKeys

_LONGEST: Final = 60
"""Characters at most of a proposed line that repeats a value of the user."""


def unknown_key(
    place: tuple[str, ...], word: str, known: Iterable[str], value: object = None
) -> str:
    """The end of a sentence about an unknown key in the table at `place`: what may be meant.

    `known` are the keys of that table, `value` is the value of the unknown key. `place` are the
    keys that lead to the table: none for the whole configuration, else those of a profile or of one
    of its tables.
    """
    names, called = [*known], plainly(word)
    if called in names:
        return f"; did you mean `{called}`?"
    for words, advice in ADVICE.items():
        if not {called, ".".join((*place[2:], called))}.isdisjoint(words.split()):
            return f"; {advice}"
    if len(place) < 2 and called in COMMAND:
        return f"; it is an option of the command: `seed-validator check --{called}`"
    table = next((one for one, also in TABLES.items() if called in also.split()), "")
    if table in names:
        return f"; did you mean `{table}`?"
    meant = _nearest(place, [*_synonyms(called), *_ours(called)])
    if meant is not None and not _is_slip(word, names):
        return _to_write(place, meant, value, meant.key in names)
    near = did_you_mean(word, names)
    if not place and isinstance(value, Mapping) and (not near or "profile" in near):
        name = next(iter(value), "NAME") if near else word
        return f"; did you mean `[profiles.{visible(name)}]`?"
    return near or f"; the keys here are {', '.join(names)}"


def _is_slip(word: str, names: Iterable[str]) -> bool:
    """Whether a word differs from one of the names by a letter or two: `encodings`."""
    import difflib  # only on the way to an error

    return bool(difflib.get_close_matches(word.lower(), [*names], n=1, cutoff=0.85))


def _synonyms(called: str) -> Iterator[Synonym]:
    return (one for one in KEYS if called in one.names.split())


def _ours(called: str) -> Iterator[Synonym]:
    """Our own keys of this name, whatever table they belong to."""
    lines = {one.key: one.line for one in reversed(KEYS)}
    for key in catalog().options:
        if key.partition(".")[2] == called:
            yield Synonym(key, lines.get(key, called), "")
    if called in FAMILIES.values():
        yield Synonym(f"{called}.", "", "")
    yield from (one for one in KEYS if one.key.strip("/") == called)
    if called in table_type(ConfigKeys).keys:
        yield Synonym(f"/{called}", called, "")


def _nearest(place: tuple[str, ...], found: list[Synonym]) -> Synonym | None:
    """The key that belongs into this table, else into its profile, else the first; or None."""
    here = place[2] if len(place) > 2 else ""
    at = [one for one in found if one.key.partition(".")[0] == here]
    whole = [one for one in found if ("/" in one.key or "." not in one.key) and not here]
    return next(iter((*at, *whole, *found)), None)


def _to_write(place: tuple[str, ...], meant: Synonym, value: object, here: bool) -> str:
    """`; did you mean `newline = "lf"` in `[profiles.p.encoding]`?`

    With `here` the line may stand in the table at `place`, and no other one is named.
    """
    table, dot, _ = meant.key.partition(".")
    where = () if meant.key.startswith("/") else place[:2] or ("profiles", "NAME")
    where = place if here else (*where, table) if dot else where
    line = _line(where, meant, value)
    if where == place or line.startswith("["):
        return f"; did you mean `{line}`?"
    there = f"in `{_header(where)}`" if where else "at the top of the file"
    return f"; did you mean `{line}` {there}?"


def _header(keys: Iterable[str]) -> str:
    return f"[{visible('.'.join(keys))}]"


def _line(where: tuple[str, ...], meant: Synonym, value: object) -> str:
    """The line to write: with the user's value if the key may have it, else as in the example."""
    name = meant.key.strip("/").rpartition(".")[2]
    if not name:
        return _header(where)
    kind = _type_of(meant.key)
    if kind is None or not _may_be(kind, value):
        return meant.line
    if isinstance(value, Mapping):
        return _header((*where, name))
    written = f"{name} = {shown(value)}"
    if "\\" in written:  # between single quotes a backslash needs no escape
        written = f"{name} = '{visible(value)}'" if isinstance(value, str) else meant.line
    return written if len(written) <= _LONGEST else meant.line


def _type_of(key: str) -> ValueType | None:
    """The type of the values of a key; None for an unknown one."""
    option = catalog().options.get(key)
    if option is not None:
        return option.value_type
    table = table_type(ConfigKeys if key.startswith("/") else ProfileKeys)
    about = table.keys.get(key.strip("/"))
    return about.type if about else None


def _may_be(kind: ValueType, value: object) -> bool:
    try:
        kind.read(value)
    except (ValueError, RecursionError):
        return False
    return True


def wrong_value(key: str, value: object, kind: ValueType | None) -> str:
    """The end of a sentence about a wrong value: what may be meant; empty if that is not known."""
    if isinstance(value, bool) and isinstance(kind, Choice):
        words = ("require", "read", "allow") if value else ("forbid", "allow")
        likely = next((one for one in words if one in kind.known), "")
        return f"; did you mean `{likely}`?" if likely and not _is_doubtful(kind) else ""
    at = "severity" if key.startswith("severity.") or ".severity." in key else key
    for (name, called), advice in VALUES.items():
        if name == at and isinstance(value, str) and plainly(value) in called.split():
            return f"; {advice}"
    own = key.rpartition(".")[2] if key.startswith("profiles.") else key
    fits = isinstance(value, Mapping) if kind is None else type(value) in kind.written
    return f"; {NOTES[own]}" if own in NOTES and not fits else ""


def no_table(place: tuple[str, ...], value: object) -> str:
    """The end of a sentence about a family's key whose value is not a table: what to write."""
    found = _nearest(place[:2], [*_synonyms(place[-1])])
    if found is None:
        return f"; it is a table with keys of its own, `{_header(place)}`"
    written = _line(place, found, value)
    table, dot, _ = found.key.partition(".")
    return f"; did you mean `{table}.{written}`?" if dot else f"; did you mean `{written}`?"


def _is_doubtful(kind: Choice) -> bool:
    """Whether `true` is ambiguous: the words are `allow` and `forbid` only."""
    return {"allow", "forbid"} == set(kind.known)


def unknown_rule(word: str) -> str:
    """The end of a sentence about a word that selects no rule: what may be meant.

    It proposes a single rule, or the same word in capitals, but no whole family for a typing error:
    nobody should switch that off by mistake.
    """
    rules = catalog().entries
    if word.upper() in {*rules, *FAMILIES, "ALL"}:
        return f"; did you mean `{word.upper()}`?"
    options = {one.key for one in _synonyms(plainly(word))}
    for rule in rules.values():
        if not options.isdisjoint(rule.options[:1]):
            return f"; did you mean `{rule.name}`?"
    names = [rule.name for rule in rules.values()]
    codes = [code for code in rules if code[:3] == word[:3].upper()]
    there = f"; the codes of {codes[0][:3]} are {codes[0]} to {codes[-1]}" if codes else _EXAMPLE
    return did_you_mean(word, [*names, *codes]) or there


_EXAMPLE: Final = "; a rule has a code, such as TXT101, and a name, such as `trailing-blanks`"
