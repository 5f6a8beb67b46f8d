"""The keys of a configuration and of a profile, without the options that rules declare."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from ..model import FindingKind, Severity
from ..readers.options import READER_NAMES, READERS
from ..settings.exemptions import Reasoned
from ..settings.options import Source, Word, Words
from ..settings.value_types import Table
from ..text.address import read_address
from .patterns import checked_patterns


class Suppression(Reasoned, frozen=True, kw_only=True):
    """Findings that are not reported: of which rules, in which files, why, and until when."""

    files: Annotated[
        Words,
        Meta(min_length=1),
        checked_patterns,
        "the files, as .gitignore patterns relative to this file",
    ]
    reason: Annotated[Word, "why they are not told"]
    rules: Annotated[Words, Meta(min_length=1), "the rules, by code, prefix of a code or name"]

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("must say with `reason` why these findings are not told")


class Chosen(Table, frozen=True, kw_only=True):
    """The keys that a configuration and a profile have in common: files, rules, severities."""

    exclude: Annotated[
        Words, checked_patterns, "files that it is not for, as .gitignore patterns"
    ] = ()
    select: Annotated[
        Words | None,
        "rules to run, by code, prefix of a code, name or ALL; without it, the default ones",
    ] = None
    extend_select: Annotated[Words, "rules to run besides"] = ()
    ignore: Annotated[Words, "rules not to run, by code, prefix of a code or name"] = ()
    kinds: Annotated[
        tuple[FindingKind, ...] | None,
        "of the rules to run those of these kinds alone: reader (do programs read it, and alike?), "
        "text, profile, corpus, run",
    ] = None
    severity: Annotated[Mapping[str, Severity], "severity by code, prefix of a code or name"] = {}


class ProfileKeys(Chosen, frozen=True, kw_only=True):
    """The keys of a profile beside its options."""

    summary: Annotated[str, "what the profile is for, in one line"] = ""
    extends: Annotated[
        str,
        Meta(title="the name of a profile|names"),
        "a built-in profile, or another one of this file, to start from",
    ] = ""
    files: Annotated[
        Words,
        checked_patterns,
        "the files that the profile is for, as .gitignore patterns relative to this file; without "
        "it, those whose names the built-in profile that it extends is chosen by, or else all",
    ] = ()
    readers: Annotated[tuple[str, ...], READER_NAMES, READERS.doc] = ()
    detect: Annotated[
        Words, "names by which a built-in profile is chosen when nothing is configured"
    ] = ()
    detect_within: Annotated[
        Words, "names that say too little: of such files those are taken that `detect-content` fits"
    ] = ()
    detect_content: Annotated[
        Source,
        "pattern that is sought in the first 4096 bytes of a file of such a name, read without a "
        "byte order mark and with LF for CRLF; `\\A` is its first byte",
    ] = ""
    detect_form: Annotated[
        str, "what `detect-content` knows a file by, in words: `a line FROM, then headers`"
    ] = ""

    def __post_init__(self) -> None:
        """`detect-within` and `detect-content` go together. Raises ValueError for one alone."""
        if bool(self.detect_within) != bool(self.detect_content):
            lacks = "detect-content" if self.detect_within else "detect-within"
            raise ValueError(f"has no `{lacks}`: it and its fellow `detect-…` go together")


class ConfigKeys(Chosen, frozen=True, kw_only=True):
    """The keys of a configuration. One that is left out is as in the one that it `extends`."""

    extends: Annotated[
        str,
        Meta(title="the path of a configuration|paths"),
        "a configuration in this directory or one above, to start from: the path of the file, "
        "relative to this one",
    ] = ""
    profile: Annotated[
        Annotated[str, Meta(title="the name of a profile|names")] | None,
        "the profile for all files; without it, each file has the first profile whose `files` "
        "match",
    ] = None
    profiles: Annotated[Mapping[str, Mapping[str, Any]], "profiles by name"] = {}
    suppress: Annotated[
        tuple[Suppression, ...], "findings that are not told, each with its reason"
    ] = ()
    fail_on: Annotated[
        Literal["info", "warning", "error", "never"],
        "the least severity that makes `check` exit 1",
    ] = "error"
    unclaimed: Annotated[
        Literal["pass-by", "detect"],
        "what becomes of a file that no profile of yours is for: `pass-by` counts it (the "
        "default), `detect` checks it under the built-in profile that knows its name",
    ] = "pass-by"
    baseline: Annotated[
        Annotated[str, Meta(title="the path of a file|paths")],
        "the file of known findings, relative to this one; without it, `seed-validator.baseline` "
        "beside this one, if it is there",
    ] = ""
    documentation: Annotated[
        Annotated[str, Meta(title="the address of a site|addresses"), read_address],
        "where a site of this documentation lies, such as `https://docs.example.org/checks/`: "
        "codes in terminals and reports become links to the pages of their rules",
    ] = ""
    archives: Annotated[
        Words,
        checked_patterns,
        "the archives whose members are checked as files are, as .gitignore patterns relative to "
        "this file: `*.tar`, `shards/*.tar.zst`; without it, none",
    ] = ()
    respect_gitignore: Annotated[bool, "pass by what git ignores (default true)"] = True
