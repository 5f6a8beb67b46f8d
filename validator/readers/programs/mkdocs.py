"""MkDocs: its own regular expression, and PyYAML's safe loader."""

from ..engines.pyyaml import RESOLVER
from ..reader import Reader

READER = Reader(
    summary="MkDocs, a maker of documentation",
    formats=("front-matter",),
    call="mkdocs.utils.meta.get_data(text)",
    version="MkDocs 1.6.1",
    yaml=RESOLVER,
    answers={
        "blank-behind-fence": "the closing fence",
        "dots-line": "the closing fence",
        "empty-block": "no block",
        "unended-fence": "no fence",
    },
)
