"""How the command ends: output written out, an exit code, and at most one line with the reason."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, NoReturn, TextIO

from ..errors import ValidatorError, without_secrets
from .stopping import Stop, Stopped

PROGRAM: Final = "seed-validator"
EXIT_CLEAN, EXIT_FOUND, EXIT_USAGE = 0, 1, 2

STOP: Final = Stop()
"""Knows the signal that ends this process, once one has come."""

_UNWRITTEN: Final = {
    errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF, getattr(errno, "EDQUOT", errno.ENOSPC)
}  # fmt: skip
"""Errors of writing the output itself: no space, a failing disk, a closed stream."""


_LONGEST: Final = 2000
"""Characters at most of a message: it may quote a value of a megabyte from a configuration."""


class _Closed(io.TextIOBase):
    """A standard stream that was closed before this process began: to write to it is an error."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, "it is closed")


def standard_output() -> TextIO:
    """Standard output; characters that its encoding does not have raise no error."""
    return _stream(sys.stdout)


def standard_error() -> TextIO:
    """Standard error; if it is closed, a stream whose text is lost."""
    return _stream(sys.stderr) if sys.stderr is not None else io.StringIO()


def _stream(stream: TextIO | None) -> TextIO:
    if stream is None:
        return _Closed()  # type: ignore[return-value]
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace", newline="\n")
    return stream


def occupy() -> None:
    """Open the null device in the place of each closed standard stream.

    Else the next file that is opened would get its number, and messages would go into that file.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def say(text: str) -> None:
    """Print complete lines to standard output, made harmless."""
    from ..text.harmless import harmless  # 1 ms

    standard_output().write(harmless(text))


def say_plainly(text: str) -> None:
    """Print lines in which no text is foreign, as they are."""
    standard_output().write(text)


def warn(text: str) -> None:
    """Print complete lines to standard error, made harmless; errors of writing are ignored."""
    from ..text.harmless import harmless

    with suppress(OSError):
        standard_error().write(harmless(text))


def complain(words: str) -> None:
    """Print one line to standard error, with the name of the program."""
    warn(f"{PROGRAM}: {words}\n")


@contextmanager
def guarded() -> Iterator[None]:
    """Errors of the user become one line and exit code 2; a closed pipe is no error."""
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except ValidatorError as error:
        from ..text.visible import visible

        words = str(error)
        words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        complain(f"error: {visible(words)}")
        sys.exit(EXIT_USAGE)
    except BrokenPipeError:
        sys.exit(EXIT_CLEAN)
    except Stopped:
        complain(STOP.words)
        sys.exit(STOP.code)


def give_up(error: BaseException) -> NoReturn:
    """End with exit code 2 after an unexpected error: one line, or a traceback if asked for."""
    if os.environ.get("SEED_VALIDATOR_TRACEBACK"):
        import traceback

        warn(without_secrets("".join(traceback.format_exception(error))))
    else:
        complain(_words(error))
    leave(EXIT_USAGE)


def _words(error: BaseException) -> str:
    from ..text.visible import visible

    if isinstance(error, MemoryError):
        return "error: there is not enough memory"
    if isinstance(error, ImportError):
        return f"error: a part of the program cannot be loaded: {visible(str(error))}"
    if isinstance(error, OSError):
        return f"error: {_of_the_system(error)}"
    words = without_secrets(str(error))
    return (
        f"a defect of ours, please report it: {type(error).__name__}: {visible(words)}\n"
        "(SEED_VALIDATOR_TRACEBACK=1 shows where)"
    )


def _of_the_system(error: OSError) -> str:
    from ..text.visible import visible

    try:
        os.getcwd()
    except OSError:
        return "the working directory is not there any more"
    words = error.strerror or type(error).__name__
    if error.filename is not None:
        return f"{visible(os.fsdecode(error.filename))}: {words}"
    if error.errno in _UNWRITTEN:
        return f"the output cannot be written: {words}"
    return f"the system says: {words}"


def leave(code: int) -> NoReturn:
    """Flush the output and end the process at once: a normal exit of Python takes 10 ms more."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except BrokenPipeError:
        pass  # a reader that has ended is no error
    except OSError as error:
        complain(_words(error))
        code = EXIT_USAGE
    except Stopped:
        complain(STOP.words)
    os._exit(STOP.code or code)
