"""The `check` command without its command line: a request and streams in, an exit code out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from ..check.plan import LIMIT, Part
from ..check.worker import Engine
from ..errors import UsageError
from ..file.passed_by import UNCLAIMED, PassedBy
from ..file.temporary import MARK, TemporaryFolder, blocks_of, spool, sweep
from ..file.walk import Root, roots_of
from ..fix.fixing_worker import engine_for
from ..model import Severity
from ..profile.resolve import configuration, find_profile
from ..profile.selection import read_selection
from ..render import Look
from ..render._words import suffixes
from ..run.assemble import Assembled, assemble, executor_for
from ..run.configurations import Configurations, nearest, single
from ..run.cores import usable
from ..run.run import Run, parts_of
from ..text.harmless import harmless
from .fixes import FixWishes, Teller, fixing_of, give_out
from .output_file import must_not_be_checked, must_not_be_read
from .outputs import Findings, Output, Streams, Wishes, about, columns, deliver, outputs_of
from .progress import Progress

STDIN_BYTES: Final = 1 << 30
"""Bytes of standard input that are taken, unless more are asked for."""

LONGEST_NAME: Final = 255
"""Bytes of the name of a file, on all file systems that are in use."""


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
    output: Sequence[str] = ()
    statistics: bool = False
    no_group: bool = False
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
    fixes: FixWishes = FixWishes()

    @property
    def wishes(self) -> Wishes:
        """What it says of the output."""
        return Wishes(
            self.output_format,
            self.output_file,
            self.output,
            self.statistics,
            self.color,
            self.quiet,
            self.silent,
        )


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
    outputs = outputs_of(request.wishes)
    for path in (one.path for one in outputs if one.is_file):
        must_not_be_read(path, [config.origin for config in known.every], "configuration")
        must_not_be_checked(path, _prepare(request, known, roots), roots)
    made = _prepare(request, known, roots)
    parts = parts_of(made.walk, made.router)
    first = next(parts, None)
    if first is None:
        raise UsageError(f"no file matched in {_quoted(request.paths)}{_why(made.skipped)}")
    return _report(request, streams, made, chain([first], parts), outputs)


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
    part = Part(routed, where, (name,), shown=shown)
    code = _report(request, streams, made, [part], outputs_of(request.wishes))
    if request.fixes.fixes and not request.fixes.diff:
        for block in blocks_of(path):
            give_out(streams.out, block)
    return code


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


def _report(
    request: Request,
    streams: Streams,
    made: Assembled,
    parts: Iterable[Part],
    outputs: Sequence[Output],
) -> int:
    jobs = request.jobs or usable()
    progress = None
    if not (request.no_progress or request.silent or request.quiet):
        progress = Progress(streams.err, columns(streams.err))
    fixing = fixing_of(request.fixes)
    teller = Teller(request.fixes, streams.out, streams.err, quiet=request.quiet or request.silent)
    if fixing and (request.fixes.diff or "-" in request.paths):
        streams = replace(streams, out=streams.err)  # a patch or a document goes where they would
    request = replace(request, quiet=request.quiet or request.fixes.only)
    run = Run(
        made.plan,
        parts,
        made.skipped,
        executor_for(request.jobs),
        request.timeout,
        max_inflight=4 * jobs,
        progress=progress,
        stopped=streams.stop.has_come,
        engine=engine_for(fixing) if fixing else Engine,
        on_fixed=teller.take,
    )
    look = Look(
        quiet=request.quiet,
        group=not request.no_group,
        fail_on="never" if request.exit_zero else _strictest(made),
        exit_code=lambda: _exit_code(request, streams, run, teller),
        about=about,
    )
    with closing(run.diagnostics()) as diagnostics:
        told = streams.stop.until_then(diagnostics)
        findings = Findings(teller.passing(told) if fixing else told, lambda: run.summary)
        try:
            deliver(outputs, findings, request.wishes, look, streams, progress)
        except BrokenPipeError:
            pass  # nobody reads on; what is known of the end is told by the exit code
    if fixing:
        teller.tell()
    if streams.stop.number:
        streams.err.write(f"seed-validator: {streams.stop.words}\n")
    return _exit_code(request, streams, run, teller)


def _exit_code(request: Request, streams: Streams, run: Run, teller: Teller) -> int:
    """What the run ends with, as far as it is known now."""
    if streams.stop.number:
        return streams.stop.code
    if request.exit_zero or not run.may_fail:
        return 0
    failed = run.failed and not request.fixes.only
    return int(failed or teller.failed or run.summary.unfinished is not None)


def _strictest(made: Assembled) -> str:
    """The least severity that makes the run fail under any of its configurations."""
    words = {bound.fail_on for bound in made.plan.profiles} - {"never"}
    return min(words, key=lambda word: Severity(word).rank, default="never")


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
