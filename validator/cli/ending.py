"""How the command ends: with what is written out, an exit code, and at most one line of why."""

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
"""The signal that ends this process, if one has come."""

_UNWRITTEN: Final = {
    errno.ENOSPC, errno.EFBIG, errno.EIO, errno.EBADF, getattr(errno, "EDQUOT", errno.ENOSPC)
}  # fmt: skip
"""What keeps the output from being written: no room for it, a disk that fails, a closed stream."""


_LONGEST: Final = 2000
"""Characters of a message: a configuration may hold a value of a megabyte."""


class _Closed(io.TextIOBase):
    """A standard stream that was closed before we began: it is an error to write to it."""

    def write(self, text: str) -> int:
        raise OSError(errno.EBADF, "it is closed")


def standard_output() -> TextIO:
    """Where output goes. What checks encodings must not die of one that the console has not."""
    return _stream(sys.stdout)


def standard_error() -> TextIO:
    """Where messages go; nowhere if it is closed."""
    return _stream(sys.stderr) if sys.stderr is not None else io.StringIO()


def _stream(stream: TextIO | None) -> TextIO:
    if stream is None:
        return _Closed()  # type: ignore[return-value]
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace", newline="\n")
    return stream


def occupy() -> None:
    """Have something open where standard streams should be.

    Else a file of ours would take the place of one, and be written to.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def say(text: str) -> None:
    """Print complete lines."""
    from ..text.harmless import harmless  # 1 ms

    standard_output().write(harmless(text))


def say_plainly(text: str) -> None:
    """Print lines that are ours to the letter."""
    standard_output().write(text)


def warn(text: str) -> None:
    """Complete lines for people, beside the output."""
    from ..text.harmless import harmless

    with suppress(OSError):
        standard_error().write(harmless(text))


def complain(words: str) -> None:
    """One line for people."""
    warn(f"{PROGRAM}: {words}\n")


@contextmanager
def guarded() -> Iterator[None]:
    """What the user must mend becomes one line and exit 2; a closed pipe is nobody's fault."""
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
    """One line on what nobody was ready for, or where it was; exit 2."""
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
    """End a run that is done with all it opened, without taking it apart: that is 10 ms."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except BrokenPipeError:
        pass  # nobody's fault
    except OSError as error:
        complain(_words(error))
        code = EXIT_USAGE
    except Stopped:
        complain(STOP.words)
    os._exit(STOP.code or code)
