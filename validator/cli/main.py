"""Where the command begins: the most common command lines are read without click.

The import of click takes a quarter of the time that a clean file does. Command lines that are not
plain (see `plain`), and all wrong ones, are left to click.
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
    """Run the command line and exit. `interrupted` is the handler that SIGINT has had so far."""
    # Imported modules are never garbage; to look through them again and again takes some
    # hundredths of a run.
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
    """Run the command line; its exit code."""
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
