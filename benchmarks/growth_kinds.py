"""Inputs that may take long: each grows to any size, and is checked under a profile of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from tests.support import profile
from validator import load_profile
from validator.profile.resolve import Profile
from validator.rules.catalog import catalog
from validator.rules.rule import Corpus, Name, Rule

from . import growth_texts as texts
from .growth_texts import Made, Texts, repeated


class Kind(Struct, frozen=True):
    """A text that can be made in any size, and what it is checked under."""

    label: str
    name: str
    profile: Callable[[], Profile]
    made: Made


FENCES: Final = (b"---\n", b"+++\n")


def kinds() -> Iterator[Kind]:
    """All of them."""
    for rule in catalog().rules.values():
        if not isinstance(rule.check, Corpus | Name):
            yield from _of_rule(rule)
    for one in HOSTILE:
        for label, made in one.texts.items():
            yield Kind(f"{one.named}: {label}", one.name, one.profile, made)


def _of_rule(rule: Rule) -> Iterator[Kind]:
    """A rule's bad example again and again; without its block of metadata; in one line."""
    own = {name: data for name, data in rule.bad.items() if not data.startswith(b"-> ")}
    if not any(own.values()):
        return
    path, data = max(own.items(), key=lambda pair: len(pair[1]))
    name, label = path.rpartition("/")[2], f"{rule.code} {rule.name}"

    def chosen() -> Profile:
        return profile(rule.profile)

    yield Kind(f"{label}, repeated", name, chosen, repeated(data))
    end = data.find(data[:4], 4) + 4 if data.startswith(FENCES) else 0
    if 4 < end < len(data):
        yield Kind(f"{label}, its body repeated", name, chosen, repeated(data[end:], data[:end]))
    line = data[end:].replace(b"\n", b" ")
    if line.strip():
        yield Kind(f"{label}, in one line", name, chosen, repeated(line, data[:end], b"\n"))


class _Hostile(Struct, frozen=True):
    """Texts for one reader, and the profile and the name that have it read them."""

    named: str
    texts: Texts
    name: str
    profile: Callable[[], Profile]


def _built_in(name: str) -> Callable[[], Profile]:
    return lambda: load_profile(name)


def _toml() -> Profile:
    return profile({"delimiters": {"block": "front-matter", "formats": ["toml"]}})


def _links() -> Profile:
    """Links and anchors are asked for, so that Markdown is parsed."""
    fields = {"fields": {"link": {"scope": "links"}, "code": {"scope": "text", "pattern": "a"}}}
    references = [{"to": "file", "field": "body.link", "anchors": True}]
    return profile({"body": fields, "corpus": {"references": references}})


def _as_record(made: Made) -> Made:
    """A text in a record of JSON Lines, its signs as escapes."""
    return lambda size: json.dumps({"text": made(size // 3).decode()}).encode() + b"\n"


HOSTILE: Final = (
    _Hostile("characters", texts.CHARACTERS, "a.txt", _built_in("text")),
    _Hostile("bytes", texts.BYTES, "a.txt", _built_in("text")),
    _Hostile("markup", texts.MARKUP, "a.md", _built_in("markdown")),
    _Hostile("links", texts.MARKUP, "a.md", _links),
    _Hostile("proposals", texts.MARKUP, "eip-1.md", _built_in("eip")),
    _Hostile("YAML", texts.YAML, "a.md", _built_in("front-matter")),
    _Hostile("TOML", texts.TOML, "a.md", _toml),
    _Hostile("records", texts.RECORDS, "a.jsonl", _built_in("jsonl")),
    _Hostile("marked", texts.MARKED, "a.txt", _built_in("trec")),
    _Hostile("end of text", texts.END_OF_TEXT, "a.txt", _built_in("endoftext")),
    _Hostile("CoNLL-U", texts.TABLES, "a.conllu", _built_in("conllu-ud")),
    _Hostile("mail", texts.MAIL, "a.mbox", _built_in("mbox")),
    _Hostile("headers", texts.HEADERS, "a.txt", _built_in("headers")),
    _Hostile("pages", texts.PAGES, "a.md", _built_in("tldr")),
    _Hostile("archives", texts.ARCHIVES, "a.wet", _built_in("wet")),
    _Hostile(
        "characters in records",
        {label: _as_record(made) for label, made in texts.CHARACTERS.items()},
        "a.jsonl",
        _built_in("jsonl"),
    ),
)
"""Which texts are read by whom."""
