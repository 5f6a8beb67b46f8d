"""The `check` command without its command line: a request and streams in, an exit code out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from itertools import chain
from typing import Final, TextIO

from msgspec import Struct, field

from ..check.plan import LIMIT, Part
from ..errors import UsageError
from ..file.passed_by import UNCLAIMED, PassedBy
from ..file.temporary import MARK, Input, TemporaryFolder, spool, sweep
from ..file.walk import Root, roots_of
from ..model import Diagnostic, Severity, Summary
from ..profile.resolve import configuration, find_profile
from ..profile.selection import read_selection
from ..render import DEFAULT, Look, renderer
from ..render._words import suffixes
from ..run.assemble import Assembled, assemble, executor_for
from ..run.configurations import Configurations, nearest, single
from ..run.cores import usable
from ..run.run import Run, parts_of
from ..text.harmless import harmless, harmless_lines
from .output_file import must_not_be_read, without
from .progress import Progress
from .stopping import Stop

ANNOTATIONS: Final = 10
"""Annotations of one kind that GitHub shows for a step; it drops the others."""


STDIN_BYTES: Final = 1 << 30
"""Bytes of standard input that are taken, unless more are asked for."""

LONGEST_NAME: Final = 255
"""Bytes of the name of a file, on all file systems that are in use."""


class Streams(Struct, frozen=True):
    """Where text goes, and the environment that says how it may look."""

    out: TextIO
    err: TextIO
    environ: Mapping[str, str]
    stdin: Input | None = None
    stop: Stop = field(default_factory=Stop)


class Request(Struct, frozen=True):
    """What the command line says."""

    paths: Sequence[str]
    profile: str | None = None
    config: str | None = None
    isolated: bool = False
    select: Sequence[str] = ()
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    fail_on: str | None = None
    exit_zero: bool = False
    output_format: str | None = None
    output_file: str | None = None
    limit: int | None = None
    jobs: int = 0
    timeout: float | None = None
    stdin_filename: str | None = None
    stdin_max_bytes: int = STDIN_BYTES
    color: str = "auto"
    quiet: bool = False
    silent: bool = False
    no_progress: bool = False
    today: date | None = None
    show_files: bool = False
    exclude: Sequence[str] = ()
    set: Sequence[str] = ()


def check(request: Request, streams: Streams) -> int:
    """Do what was asked; 0 when nothing at or above `fail_on` was found, else 1.

    Raises UsageError and ConfigError for what the user must mend.
    """
    sweep()
    if "-" in request.paths:
        with TemporaryFolder() as folder:
            return _check_stdin(request, streams, folder.path)
    roots = roots_of(request.paths)
    known = _configurations(request, roots)
    if request.show_files:
        return _show_files(request, streams, known, roots)
    made = _prepare(request, known, roots)
    parts = parts_of(made.walk, made.router)
    if request.output_file:
        must_not_be_read(request.output_file, _prepare(request, known, roots), roots)
        parts = without(request.output_file, parts)
    first = next(parts, None)
    if first is None:
        raise UsageError(f"no file matched in {_quoted(request.paths)}{_why(made.skipped)}")
    return _report(request, streams, made, chain([first], parts))


def _configurations(request: Request, roots: Sequence[Root]) -> Configurations:
    """What counts for files at these paths: the nearest configurations, or the one asked for.

    A profile that is chosen by name is that of the directory which all paths share.
    """
    if request.config is not None or request.isolated:
        return single(configuration(".", request.config, request.isolated))
    if request.profile:
        return single(configuration(_common(roots)))
    return nearest(roots)


def _show_files(
    request: Request, streams: Streams, known: Configurations, roots: Sequence[Root]
) -> int:
    """Say what would be checked, and what not; 0 if there is anything to check."""
    from .show_files import Told, lines

    told = Told()
    made = _prepare(request, known, roots, told)
    for line in lines(made, told):
        streams.out.write(harmless(line))
    return 0


def _check_stdin(request: Request, streams: Streams, folder: str) -> int:
    if len(request.paths) > 1:
        raise UsageError("`-` stands alone: check standard input and files in two runs")
    shown = request.stdin_filename or "-"
    start = os.path.dirname(request.stdin_filename or "") or "."
    config = configuration(start, request.config, request.isolated)
    chosen = request.profile or config.chosen
    if chosen is None and len(config.profiles) > 1 and shown == "-":
        raise UsageError("standard input has no name to go by: give --profile or --stdin-filename")
    made = _prepare(request, single(config), ())
    name = _file_name(shown) if shown != "-" else b"stdin"
    path = os.path.join(folder, os.fsdecode(name))
    if streams.stdin is None:
        raise UsageError("standard input is closed")
    spool(streams.stdin, path, request.stdin_max_bytes)
    routed = 0 if shown == "-" else made.router.route_one(shown)
    if routed is None:
        raise UsageError(f"no profile is for `{shown}`; name one with --profile")
    where = os.fsencode(os.path.dirname(path)) + b"/"
    return _report(request, streams, made, [Part(routed, where, (name,), shown=shown)])


def _file_name(shown: str) -> bytes:
    """The name of the document that comes in, which is that of a file. Raises UsageError."""
    name = os.fsencode(os.path.basename(shown))
    if name in (b"", b".", b"..") or b"\0" in name or name == MARK:
        raise UsageError(f"--stdin-filename must end in the name of a file, as `{shown}` does not")
    if len(name) > LONGEST_NAME:
        raise UsageError(
            f"--stdin-filename ends in a name of {len(name)} bytes, where a file has "
            f"{LONGEST_NAME} at most"
        )
    return name


def _prepare(
    request: Request,
    known: Configurations,
    roots: Sequence[Root],
    skipped: PassedBy | None = None,
) -> Assembled:
    known = known.changed(request.set, request.exclude)
    chosen = find_profile(request.profile, known.every[0]) if request.profile else None
    layer = read_selection(request.select or None, request.extend_select, request.ignore)
    limit = LIMIT if request.limit is None else request.limit
    today = request.today or date.today()
    return assemble(known, chosen, roots, layer, limit, today, request.fail_on, skipped)


def _report(request: Request, streams: Streams, made: Assembled, parts: Iterable[Part]) -> int:
    jobs = request.jobs or usable()
    progress = None
    if not (request.no_progress or request.silent or request.quiet):
        progress = Progress(streams.err, _columns(streams.err))
    run = Run(
        made.plan,
        parts,
        made.skipped,
        executor_for(request.jobs),
        request.timeout,
        max_inflight=4 * jobs,
        progress=progress,
        stopped=streams.stop.has_come,
    )
    with closing(run.diagnostics()) as diagnostics:
        annotations = _Annotations(streams.stop.until_then(diagnostics))
        findings: Iterable[Diagnostic] = annotations
        if progress:
            findings = _cleared(findings, progress)
        try:
            _write(request, streams, findings, lambda: run.summary)
            _annotate(request, streams, annotations)
        except BrokenPipeError:
            pass  # nobody reads on; what is known of the end is told by the exit code
    if streams.stop.number:
        streams.err.write(f"seed-validator: {streams.stop.words}\n")
        return streams.stop.code
    if request.exit_zero or not run.may_fail:
        return 0
    return int(run.failed or run.summary.unfinished is not None)


def _annotate(request: Request, streams: Streams, annotations: _Annotations) -> None:
    """For GitHub, beside the text."""
    wanted = streams.environ.get("GITHUB_ACTIONS") == "true"
    if wanted and request.output_format is None and not request.silent:
        streams.out.writelines(harmless_lines(annotations.commands()))


def _write(
    request: Request,
    streams: Streams,
    findings: Iterable[Diagnostic],
    summary: Callable[[], Summary],
) -> None:
    render = renderer(request.output_format or DEFAULT)
    if request.silent:
        for _ in findings:
            pass
    elif request.output_file:
        folder = os.path.dirname(request.output_file)
        try:
            if folder:
                os.makedirs(folder, exist_ok=True)
            with open(request.output_file, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(render(findings, summary, Look(quiet=request.quiet)))
        except OSError as error:
            raise UsageError(
                f"`{request.output_file}` cannot be written: {error.strerror}"
            ) from None
    else:
        look = Look(
            color=_wants_color(request.color, streams),
            width=_columns(streams.out),
            quiet=request.quiet,
        )
        for text in render(findings, summary, look):
            streams.out.write(text)


class _Annotations:
    """Passes findings through and keeps, for GitHub, the first few of each severity."""

    def __init__(self, findings: Iterable[Diagnostic]) -> None:
        self._findings = findings
        self._kept: dict[Severity, dict[tuple[str, str], list[Diagnostic]]] = {}

    def __iter__(self) -> Iterator[Diagnostic]:
        for found in self._findings:
            groups = self._kept.setdefault(found.severity, {})
            key = (found.path, found.code)
            if key in groups or len(groups) < ANNOTATIONS:
                groups.setdefault(key, []).append(found)
            yield found

    def commands(self) -> Iterator[str]:
        """The workflow commands."""
        from ..render.github import annotation

        for groups in self._kept.values():
            for group in groups.values():
                yield annotation(group[0], len(group) - 1)


def _cleared(findings: Iterable[Diagnostic], progress: Progress) -> Iterator[Diagnostic]:
    for found in findings:
        progress.clear()
        yield found
    progress.clear()


def _why(skipped: PassedBy) -> str:
    if not skipped:
        return ": there are no files"
    told = ", ".join(f"{count} {reason}" for reason, count in sorted(skipped.items()))
    if UNCLAIMED not in skipped:
        return f" ({told})"
    return f" ({told}: {suffixes(skipped.suffixes)}); name a profile with --profile"


def _quoted(paths: Sequence[str]) -> str:
    return ", ".join(f"`{path}`" for path in paths)


def _common(roots: Sequence[Root]) -> str:
    """The directory that all paths share, where the search for a configuration begins."""
    folders = {one.path if one.is_folder else os.path.dirname(one.path) or "." for one in roots}
    try:
        return os.path.commonpath([os.path.abspath(folder) for folder in folders])
    except ValueError:  # two drives
        return "."


def _wants_color(choice: str, streams: Streams) -> bool:
    """The flag, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM, then the terminal."""
    environ = streams.environ
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR") or environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    if environ.get("CLICOLOR") == "0" or environ.get("TERM") == "dumb":
        return False
    return streams.out.isatty()


def _columns(stream: TextIO) -> int:
    if not stream.isatty():
        return 100
    try:
        return min(120, os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return 80
