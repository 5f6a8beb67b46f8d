"""The keys of a configuration as tables of Markdown, made from the records that define them."""

from __future__ import annotations

from collections.abc import Iterator

from ..rules.catalog import catalog
from ..rules.index import FAMILIES
from ..settings.annotations import table_type
from ..settings.options import Option
from ..settings.value_types import Table
from .manual import toml_value


def option_tables() -> str:
    """A table of each family: every option, what it may be, its default, the rules that ask it."""
    return "\n".join(f"### `{family}`\n\n{_table(family)}" for family in FAMILIES.values())


def _table(family: str) -> str:
    options = (one for one in catalog().options.values() if one.family == family)
    lines = ["| key | is | default | for | rules |", "|---|---|---|---|---|"]
    for option in options:
        name = option.key.partition(".")[2]
        default = toml_value(option.default)
        cells = (
            f"`{name}`",
            option.value_type.called(),
            f"`{default}`" if default else "",
            option.doc,
            ", ".join(_rules(option)),
        )
        lines.append(_row(*cells))
    return "\n".join(lines) + "\n"


def _rules(option: Option[object]) -> Iterator[str]:
    for rule in catalog().rules.values():
        if option in rule.options:
            yield f"[{rule.code}](rules/{rule.name}.md)"


def key_table(record: type[Table]) -> str:
    """The keys of a configuration or of a profile, beside the options."""
    lines = ["| key | is | for |", "|---|---|---|"]
    for key, about in table_type(record).keys.items():
        lines.append(_row(f"`{key}`", about.type.called(), about.doc))
    return "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
