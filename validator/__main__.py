"""The entry point of the command and of `python -m validator`.

The handler of Ctrl-C is set before the other modules are imported, which takes a while: so an
interrupt at that time prints one line and no traceback.
"""

import os
import signal


def main() -> None:
    """The entry point of the command."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)
    from .cli.main import main as begin

    begin(_interrupted)


def _interrupted(number: int, frame: object) -> None:
    """End at once: nothing has been done yet."""
    try:
        os.write(2, b"seed-validator: interrupted\n")
    finally:
        os._exit(128 + number)


if __name__ == "__main__":
    main()
