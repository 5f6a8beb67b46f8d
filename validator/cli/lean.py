"""Imports of our libraries that are not needed here are left out when a command starts."""

from __future__ import annotations

import sys


def import_msgspec() -> None:
    """Import msgspec without `typing_extensions`, which it imports where that is installed.

    msgspec uses two names of it, which `typing` has since Python 3.11; the import takes as long as
    the start of Python itself. Other modules can import `typing_extensions` afterwards.
    """
    if {"msgspec", "typing_extensions"} & sys.modules.keys():
        return
    sys.modules["typing_extensions"] = None  # type: ignore[assignment]  # says that there is none
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules["typing_extensions"]
