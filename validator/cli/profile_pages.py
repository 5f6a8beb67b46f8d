"""What is told of profiles: a line each, one as it is written, tables of the built-in ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..profile.configuration import Configuration, find_profile
from ..profile.resolve import source_of
from ..profile.toml_file import At, built_in, built_in_names
from .tables import list_line, rows_of


def built_in_summaries() -> Iterator[tuple[str, str]]:
    """The built-in profiles, each with what it is for."""
    return ((name, str(_built_in(name).get("summary", ""))) for name in built_in_names())


def profile_lines(config: Configuration, columns: int) -> Iterator[str]:
    """All profiles, a line each in so many columns: those that are written, then the built-in."""
    if config.own:
        yield f"In {config.origin}:\n"
        for one in config.own:
            yield list_line(f"  {one.name}", one.summary, columns)
    yield "Built in:\n"
    for name, summary in built_in_summaries():
        yield list_line(f"  {name}", summary, columns)
    yield "\n`seed-validator profile NAME` shows one as it is written, `config NAME` all of it.\n"


def profile_text(name: str, config: Configuration) -> str:
    """A profile as it is written, in TOML. Raises UsageError if there is none of this name."""
    import tomli_w

    find_profile(name, config)
    source, keys = source_of(name, config.written)
    if not keys:
        return source.text
    return tomli_w.dumps({"profiles": {name: At(source, keys).value}})


def profile_table() -> str:
    """The built-in profiles, one row each."""
    rows = ((f"`{name}`", words.replace("|", "\\|")) for name, words in built_in_summaries())
    return rows_of(("profile", "for"), rows)


def content_table() -> str:
    """What the built-in profiles know by content, one row each."""
    rows = []
    for name, written in ((name, _built_in(name)) for name in built_in_names()):
        if written.get("detect-content"):
            within = ", ".join(f"`{one}`" for one in written["detect-within"])
            rows.append((f"`{name}`", within, str(written["detect-form"])))
    return rows_of(("profile", "of", "if"), rows)


def grammars(proved: Callable[[str], str]) -> str:
    """The table `delimiters` of each built-in profile that divides, as it is written.

    `proved` tells of a profile who reads its documents, and how far that is proved.
    """
    parts = []
    for name in built_in_names():
        found = built_in(name)
        table = _built_in(name).get("delimiters", {})
        if found is None or not table.keys() & {"kind", "block"} or table.get("kind") == "whole":
            continue
        lines = found.text.split("\n")
        starts = [at for at, line in enumerate(lines) if line.startswith(("[delimiters", "[[deli"))]
        written: list[str] = []
        for start in starts:
            ends = (at for at in range(start + 1, len(lines)) if lines[at].startswith("["))
            written += lines[start : next(ends, len(lines))]
        body = "\n".join(written).strip()
        words = f"{_built_in(name)['summary']}\n\n{proved(name)}"
        parts.append(f"### {name}\n\n{words}```toml\n{body}\n```\n\n")
    return "".join(parts)


def _built_in(name: str) -> Mapping[str, Any]:
    found = built_in(name)
    return found.table if found else {}
