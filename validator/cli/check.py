"""The `check` command behind its command line: from a request and streams to an exit code."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TextIO

from msgspec.structs import replace

from ..check.plan import Part, Plan
from ..check.worker import Engine
from ..errors import UsageError
from ..file.opening import is_remote
from ..file.temporary import MARK, TemporaryFolder, blocks_of, spool, sweep
from ..file.walk import Root
from ..profile.configuration import configuration
from ..render import Look
from ..run.assemble import Assembled
from ..run.configurations import single
from ..run.cutting import parts_of
from ..run.request import (
    Prepared,
    common_folder,
    folders_of,
    prepare,
    run_of,
)
from ..run.run import Run
from ..run.seen import Seen
from ..text.harmless import harmless
from .check_request import Request
from .fixes import Teller, fixing_of, give_out
from .news import News, news_of
from .output_file import must_not_be_checked, must_not_be_read
from .outputs import (
    Findings,
    Output,
    Streams,
    about,
    deliver,
    outputs_of,
    shows_edits,
)
from .progress import Progress
from .terminal import columns

if TYPE_CHECKING:
    from ..encoding.stock import Stock
    from ..fix.wanted import Fixing
    from .stored import Stored

LONGEST_NAME: Final = 255
"""Bytes at most of the name of a file, on all file systems in use."""


def check(request: Request, streams: Streams) -> int:
    """Run the check that was asked for; 0 if nothing at or above `fail_on` was found, else 1.

    Raises UsageError, ConfigError for what the user must correct.
    """
    sweep()
    _must_fit(request)
    if request.files_from is not None:
        request = _with_listed(request, request.files_from, streams)
    elif request.nul:
        raise UsageError("-0 is about the list of --files-from, which is not given")
    if request.is_stdin:
        with TemporaryFolder() as folder:
            return _check_stdin(request, streams, folder.path)
    prepared = prepare(request.run)
    _must_be_here(request, prepared.roots)
    if request.show_files:
        return _show_files(streams, prepared)
    return _check_files(request, streams, prepared)


def _check_files(request: Request, streams: Streams, prepared: Prepared) -> int:
    outputs = outputs_of(request)
    for path in (one.path for one in outputs if one.is_file):
        must_not_be_read(path, [config.origin for config in prepared.known.every], "configuration")
        must_not_be_checked(path, prepared.assembled(), prepared.roots)
    shared = common_folder(prepared.roots)
    news = news_of(request, prepared.known.of(shared), shared, folders_of(prepared.roots))
    made, parts = prepared.begin()
    stored = _stored(request, streams, prepared, replace(made.plan, limit=news.limit))
    if stored and request.shard is not None:
        return stored.shard(parts, progress_for(request, streams))
    seen = Seen()
    read = news.parts(seen.watch(made.plan, parts), made.plan)
    documentation = prepared.known.of(shared).documentation
    code = _report(request, streams, made, read, outputs, news, documentation, prepared, stored)
    if not (request.tells_findings_only or streams.stop.number):
        for words in prepared.unused(seen):
            streams.err.write(f"seed-validator: warning: {words}\n")
    return code


def _must_fit(request: Request) -> None:
    """Raises UsageError for options that do not go together."""
    if request.cluster is not None and (request.fixes.fixes or request.is_stdin):
        what = "standard input is checked" if request.is_stdin else "files are fixed"
        raise UsageError(f"{what} on this machine: leave out --engine ray")
    if request.store is not None or request.shard is not None:
        from .stored import must_fit

        must_fit(request)


def _must_be_here(request: Request, roots: Sequence[Root]) -> None:
    """Raises UsageError for objects in storage with options that work on files only."""
    url = next((root.path for root in roots if is_remote(root.path)), None)
    if url is None:
        return
    if request.fixes.fixes:
        raise UsageError(f"`{url}` is in storage, which is not written to: leave out --fix")
    if request.since is not None or request.staged or request.lines:
        raise UsageError(f"`{url}` is in storage, of which git knows nothing: leave out --since")


def _stored(request: Request, streams: Streams, prepared: Prepared, plan: Plan) -> Stored | None:
    """The store of the run, if there is one."""
    if request.store is None:
        return None
    from .stored import Stored

    return Stored(request, streams, prepared, plan)


def _with_listed(request: Request, source: str, streams: Streams) -> Request:
    """The request with its own paths and those of the list `source`. Raises UsageError."""
    from .file_list import listed

    if request.is_stdin:
        raise UsageError("`-` is one document, and stands alone: leave it out, or --files-from")
    names = listed(source, streams.stdin, request.nul)
    if "-" in names:
        raise UsageError("the list of files has `-`, which is standard input; write `./-`")
    return replace(request, run=replace(request.run, paths=(*request.run.paths, *names)))


def _show_files(streams: Streams, prepared: Prepared) -> int:
    """Print what would be checked and what not; the exit code, 0."""
    from .show_files import lines

    for line in lines(prepared):
        streams.out.write(harmless(line))
    return 0


def _check_stdin(request: Request, streams: Streams, folder: str) -> int:
    run = request.run
    if len(run.paths) > 1:
        raise UsageError("`-` stands alone: check standard input and files in two runs")
    shown = request.stdin_filename or "-"
    start = os.path.dirname(request.stdin_filename or "") or "."
    config = configuration(start, run.config, run.isolated)
    chosen = run.profile or config.chosen
    if chosen is None and len(config.profiles) > 1 and shown == "-":
        raise UsageError("standard input has no name to go by: give --profile or --stdin-filename")
    known = single(config).changed(run.options, run.exclude)
    made = Prepared(run, (), known, run.today or date.today()).assembled()
    name = _file_name(shown) if shown != "-" else b"stdin"
    path = os.path.join(folder, os.fsdecode(name))
    if streams.stdin is None:
        raise UsageError("standard input is closed")
    spool(streams.stdin, path, request.stdin_max_bytes)
    routed = 0 if shown == "-" else made.router.route_one(shown, os.fsencode(path))
    if routed is None:
        raise UsageError(f"no profile is for `{shown}`; name one with --profile")
    where = os.fsencode(os.path.dirname(path)) + b"/"
    part = Part(routed, where, (name,), shown=shown)
    news = news_of(request, config, start, [start])
    outputs = outputs_of(request)
    code = _report(request, streams, made, [part], outputs, news, config.documentation)
    if request.fixes.fixes and not request.fixes.diff:
        for block in blocks_of(path):
            give_out(streams.out, block)
    return code


def _file_name(shown: str) -> bytes:
    """The file name of the document on standard input, from its shown path. Raises UsageError."""
    name = os.fsencode(os.path.basename(shown))
    if name in (b"", b".", b"..") or b"\0" in name or name == MARK:
        raise UsageError(f"--stdin-filename must end in the name of a file, as `{shown}` does not")
    if len(name) > LONGEST_NAME:
        raise UsageError(
            f"--stdin-filename ends in a name of {len(name)} bytes, where a file has "
            f"{LONGEST_NAME} at most"
        )
    return name


def _report(
    request: Request,
    streams: Streams,
    made: Assembled,
    parts: Iterable[Part],
    outputs: Sequence[Output],
    news: News,
    documentation: str,
    prepared: Prepared | None = None,
    stored: Stored | None = None,
) -> int:
    progress = progress_for(request, streams)
    fixing = fixing_of(request.fixes)
    teller = Teller(request.fixes, streams, request.tells_findings_only)
    if fixing and (request.fixes.diff or request.is_stdin):
        streams = replace(streams, out=streams.err)  # standard output gets the patch or document
    request = replace(request, quiet=request.quiet or request.fixes.only)
    more = stored.for_run(progress) if stored else {"engine": _engine(fixing)}
    run = begun(request, streams, made, parts, progress, news, on_fixed=teller.take, **more)
    look = Look(
        quiet=request.quiet,
        group=not request.no_group,
        fail_on="never" if request.exit_zero else run.fail_on,
        exit_code=lambda: _exit_code(request, streams, run, teller),
        about=about,
        stock=lambda: _stock(prepared) if prepared else None,
        size_of=_size_of,
        baseline=news.state,
        documentation=documentation,
    )
    with closing(run.diagnostics()) as diagnostics:
        told = streams.stop.until_then(diagnostics)
        if not request.is_stdin and shows_edits(outputs):
            from ..fix.whole_files import with_whole_files  # only for formats with edits

            told = with_whole_files(told)
        findings = Findings(teller.passing(told) if fixing else told, lambda: run.summary)
        with suppress(BrokenPipeError):  # nobody reads the rest; the exit code counts so far
            deliver(outputs, findings, request, look, streams, progress)
    if fixing:
        teller.tell(run.summary)
    if stored:
        stored.tell()
    if streams.stop.number:
        streams.err.write(f"seed-validator: {streams.stop.words}\n")
    return _exit_code(request, streams, run, teller)


def _stock(prepared: Prepared) -> Stock:
    """How the files of the run are written (encodings, line ends); they are read again for it."""
    from ..encoding.stock import stock

    made = prepared.assembled()
    parts = parts_of(made.walk, made.router)
    names = ((part, name) for part in parts if not part.is_archive for name in part.names)
    return stock(part.folder + name for part, name in names if name not in part.odd)


def _size_of(path: str) -> int:
    from ..encoding.stock import size_of

    return size_of(path)


def _engine(fixing: Fixing | None) -> Callable[[Plan, str], Engine]:
    """A function that makes the engine of the run: one that fixes, if `fixing` is not None."""
    if fixing is None:
        return Engine
    from ..fix.fixing_worker import engine_for  # only where something is to be fixed

    return engine_for(fixing)


def progress_for(request: Request, streams: Streams) -> Progress | None:
    """The progress line of a run; None if it is not wanted."""
    if request.no_progress or request.tells_findings_only:
        return None
    return progress_on(streams.err, streams.environ)


def progress_on(stream: TextIO, environ: Mapping[str, str]) -> Progress:
    """The progress of a run: a line that is erased on a terminal, one line a minute in a log."""
    return Progress(
        stream, lambda: columns(stream), stream.isatty() and environ.get("TERM") != "dumb"
    )


def begun(
    request: Request,
    streams: Streams,
    made: Assembled,
    parts: Iterable[Part],
    progress: Progress | None,
    news: News,
    **more: Any,
) -> Run:
    """The run that is asked for, before its findings are read; `more` is passed to `run_of`."""
    return run_of(
        replace(made.plan, limit=news.limit),
        progress.watch(parts) if progress else parts,
        made.skipped,
        request.workers,
        progress=progress,
        stopped=streams.stop.has_come,
        sieve=news.sieve,
        **more,
    )


def _exit_code(request: Request, streams: Streams, run: Run, teller: Teller) -> int:
    """The exit code of the run, as far as it is known now."""
    if streams.stop.number:
        return streams.stop.code
    if request.exit_zero or not run.may_fail:
        return 0
    failed = run.failed and not request.fixes.only
    return int(failed or teller.failed(run.summary) or run.summary.unfinished is not None)
