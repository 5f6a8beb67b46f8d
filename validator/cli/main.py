"""Where the command begins: what most people type is read without click.

To import click takes a quarter of the time that a clean file does. What is not plain (`plain`), and
all that is wrong, is left to it.
"""

from __future__ import annotations

import gc
import os
import sys

try:
    from .. import __version__
except ImportError:  # another project's package of our name was installed over it, or taken away
    sys.stderr.write(
        "seed-validator: error: the package `validator` is not that of seed-validator: another "
        "project of this name was installed over it. Uninstall that one (`pip uninstall "
        "validator`), then run `pip install --force-reinstall --no-deps seed-validator`\n"
    )
    sys.exit(2)
from .ending import (
    EXIT_CLEAN,
    PROGRAM,
    STOP,
    complain,
    give_up,
    guarded,
    leave,
    occupy,
    say_plainly,
)
from .stopping import Stopped


def main(interrupted: object = None) -> None:
    """Do what the command line says. `interrupted` is the handler that SIGINT has had so far."""
    # What is imported stays; to look through it for garbage, again and again, is some hundredths
    # of a run.
    gc.set_threshold(200_000)
    try:
        occupy()
        STOP.listen(interrupted)
        code = _run(sys.argv[1:])
    except Stopped:
        complain(STOP.words)
        leave(STOP.code)
    except Exception as error:  # noqa: BLE001 - one line, whatever it is
        give_up(error)
    leave(code)


def _run(arguments: list[str]) -> int:
    """Do what the command line says; the exit code."""
    try:
        with guarded():
            if arguments in (["version"], ["--version"], ["-V"]):
                say_plainly(f"{PROGRAM} {__version__}\n")
                return EXIT_CLEAN
            from .lean import import_msgspec

            import_msgspec()
            from .plain import plain_request

            request = plain_request(arguments, os.environ)
            if request is not None:
                from .check import check
                from .outputs import standard_streams

                return check(request, standard_streams())
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else EXIT_CLEAN
    from .commands import run

    return run()
