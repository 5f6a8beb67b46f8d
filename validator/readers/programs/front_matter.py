"""front-matter for Node.js: `---` opens, `---` or `...` closes; js-yaml 3."""

from ..engines.js_yaml_3 import RESOLVER
from ..reader import Reader

READER = Reader(
    summary="the package `front-matter` for Node.js",
    formats=("front-matter",),
    call="fm(text)",
    version="front-matter 4.0.2",
    yaml=RESOLVER,
    answers={
        "glued-fence": "the start of the block, where it is the first",
        "blank-behind-fence": "the closing fence",
        "dots-line": "the closing fence",
        "blanks-alone-first": "nothing",
        "kept-block-last": "lost",
    },
)
