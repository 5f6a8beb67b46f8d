"""Jekyll 4: its own regular expression, and Psych; a symbol (`:a`) costs the page all metadata."""

from ..engines.psych import RESOLVER
from ..reader import Reader

READER = Reader(
    summary="Jekyll, and GitHub Pages",
    formats=("front-matter",),
    call="Jekyll::Page.new(site, base, dir, name)",
    version="Jekyll 4.3.1 with Psych 4.0.4",
    yaml=RESOLVER,
    answers={
        "second-start": "the start of another block, which is lost",
        "blank-behind-fence": "the closing fence",
        "dots-line": "the closing fence",
        "blanks-alone-first": "nothing",
    },
    note="Jekyll of Debian, which reads YAML with Psych; with safe_yaml, as its gem does, it was "
    "not asked",
)
