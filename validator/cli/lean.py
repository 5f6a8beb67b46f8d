"""What our libraries import and never use here is left out when a command starts."""

from __future__ import annotations

import sys


def import_msgspec() -> None:
    """Import msgspec without `typing_extensions`, which it takes where that is installed.

    It uses two names of it, which `typing` has since Python 3.11, and its import takes as long as
    the start of Python itself. Who imports it later gets it.
    """
    if {"msgspec", "typing_extensions"} & sys.modules.keys():
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # says that there is none
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]
