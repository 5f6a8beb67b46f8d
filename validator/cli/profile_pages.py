"""The output of `profile`: a line for each profile, or one profile as it is written."""

from __future__ import annotations

from collections.abc import Iterator

from ..profile.configuration import Configuration, find_profile
from ..profile.toml_file import built_in, built_in_names
from .tables import list_line


def built_in_summaries() -> Iterator[tuple[str, str]]:
    """The built-in profiles: name and summary of each."""
    for name in built_in_names():
        found = built_in(name)
        yield name, str(found.table.get("summary", "")) if found else ""


def profile_lines(config: Configuration, columns: int) -> Iterator[str]:
    """A line of at most `columns` for each profile: those of the configuration come first."""
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

    place = find_profile(name, config).places[""]
    return tomli_w.dumps({"profiles": {name: place.value}}) if place.keys else place.source.text
