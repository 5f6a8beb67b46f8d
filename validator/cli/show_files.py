"""`check --show-files`: each file with its profile, or why it is skipped. Nothing is checked."""

from __future__ import annotations

from collections.abc import Iterator

from ..run.files import choices
from ..run.request import Prepared
from ..text.visible import visible, visible_path


def lines(prepared: Prepared) -> Iterator[str]:
    """A line for each file, by directory: `notes/a.md: markdown`, `b.png: - without a profile`.

    For a profile that was chosen by content, the line says so.
    """
    for one in choices(prepared):
        words = one.profile or f"- {one.passed_by}"
        words += f", by content: {visible(one.by_content)}" if one.by_content else ""
        yield f"{visible_path(one.path)}: {words}\n"
