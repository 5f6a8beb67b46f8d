"""The library face: profiles from names, files and tables; runs over files and directories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from ..check.plan import LIMIT
from ..errors import ArgumentError, argument
from ..model import Severity
from ..profile.configuration import configuration, find_profile
from ..profile.resolve import Profile, profile_of
from . import arguments
from .arguments import StrPath
from .files import FileChoice, choices
from .request import Progress, RunRequest, prepare
from .run import Run


def load_profile(name: str = "", config: StrPath | None = None) -> Profile:
    """The profile of this name: a built-in, or one of the configuration file `config`.

    Without a name, the one that the configuration chooses, or its only one. Raises ConfigError for
    a configuration that is wrong, UsageError for a profile or a file that is not there.
    """
    path = None if config is None else arguments.one_path(config, "config")
    found = configuration(".", path, isolated=path is None)
    if not isinstance(name, str):
        raise arguments.kind("name", "the name of a profile", name)
    chosen = name or found.chosen or (found.own[0].name if len(found.own) == 1 else "")
    if not chosen:
        known = ", ".join(f"`{one}`" for one in found.names)
        raise ArgumentError(f"`name` must say which profile; there are {known}")
    return find_profile(chosen, found)


def parse_profile(
    source: Mapping[str, Any] | str, *, name: str = "custom", base: StrPath = "."
) -> Profile:
    """A profile from a table or from TOML text, with the keys of `[profiles.NAME]`.

    Patterns and paths in it count from the directory `base`. Raises ConfigError for what is wrong
    with it; in a text, the message has row and column.
    """
    if not isinstance(source, str | Mapping):
        raise arguments.kind("source", "a dict, or TOML text", source)
    if not isinstance(name, str) or not name:
        raise arguments.kind("name", "the name of a profile", name)
    return profile_of(source, name, arguments.one_path(base, "base"))


def check_paths(
    paths: StrPath | Iterable[StrPath],
    profile: Profile | str | None = None,
    *,
    config: StrPath | None = None,
    isolated: bool = False,
    select: Iterable[str] | None = None,
    extend_select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    kinds: Iterable[str] | None = None,
    exclude: Iterable[str] = (),
    archives: Iterable[str] = (),
    options: Mapping[str, Any] | None = None,
    fail_on: str | None = None,
    limit: int = LIMIT,
    jobs: int = 1,
    timeout: float | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Run:
    """A run over files and directories, not begun yet: iterate its `diagnostics()`.

    Without a `profile` it is what `seed-validator check` does at these paths: the nearest
    configuration counts for each file. A name is that of `--profile`. A `Profile` is for all files,
    and no configuration counts unless `config` names one. `options` sets options in every profile,
    by key: `{"text.tabs": "forbid"}`. `archives` are patterns of those whose members are checked as
    files are, besides those that the configuration names. With `kinds`, rules of these kinds alone
    are run.

    With 0 `jobs`, worker processes are started where they will surely save time. After `timeout`
    seconds of silence a worker is given up, its file is a finding; that takes workers. `progress`
    is called as the run goes on, with the totals so far and the last path.

    Raises UsageError when a path, a profile or a rule is not there, NoFilesError when there is no
    file to check, ConfigError for a wrong configuration, ArgumentError for a wrong argument.
    """
    jobs, timeout = arguments.number(jobs, "jobs"), arguments.seconds(timeout, "timeout")
    if timeout is not None and jobs == 1:
        raise ArgumentError("`timeout` is for worker processes: give `jobs`, 0 or more than 1")
    if progress is not None and not callable(progress):
        raise arguments.kind("progress", "a function", progress)
    if not isinstance(options or {}, Mapping):
        raise arguments.kind("options", "a dict of options by key", options)
    request = _request(
        paths,
        profile,
        config,
        isolated,
        exclude,
        select=arguments.chosen_words(select, "select"),
        extend_select=arguments.words(extend_select, "extend_select"),
        ignore=arguments.words(ignore, "ignore"),
        kinds=arguments.chosen_words(kinds, "kinds"),
        archives=arguments.words(archives, "archives"),
        options=options or {},
        fail_on=_fail_on(fail_on),
        limit=arguments.number(limit, "limit"),
        today=arguments.day(today),
    )
    return prepare(request).run(jobs, timeout, progress)


def list_files(
    paths: StrPath | Iterable[StrPath] = ".",
    profile: Profile | str | None = None,
    *,
    config: StrPath | None = None,
    isolated: bool = False,
    exclude: Iterable[str] = (),
) -> Iterator[FileChoice]:
    """Each file at these paths with its profile, or why it is passed by: `check --show-files`.

    The arguments are those of `check_paths`. Nothing is checked.
    """
    return choices(prepare(_request(paths, profile, config, isolated, exclude)))


def _request(
    paths: StrPath | Iterable[StrPath],
    profile: Profile | str | None,
    config: StrPath | None,
    isolated: bool,
    exclude: Iterable[str],
    **more: Any,
) -> RunRequest:
    """The request that these arguments make; `more` are other fields of it, looked at already."""
    if profile is not None and not isinstance(profile, str):
        profile = arguments.profile(profile)
        isolated = isolated or config is None
    return RunRequest(
        paths=arguments.paths(paths),
        profile=profile,
        config=None if config is None else arguments.one_path(config, "config"),
        isolated=isolated,
        exclude=arguments.words(exclude, "exclude"),
        spelled=_spelled,
        **more,
    )


def _spelled(name: str) -> str:
    return argument("options" if name == "set" else name)


def _fail_on(word: str | None) -> str | None:
    known = ("never", *(severity.value for severity in Severity))
    if word is not None and word not in known:
        raise ArgumentError(f"`fail_on` must be one of {', '.join(known)}, not {word!r}")
    return word
