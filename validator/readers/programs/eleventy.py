"""Eleventy 3: its own gray-matter with js-yaml 4."""

from ..engines.js_yaml_4 import RESOLVER
from ..reader import Reader

READER = Reader(
    summary="Eleventy, a maker of sites for Node.js",
    formats=("front-matter",),
    call="matter(text) of @11ty/gray-matter",
    version="@11ty/eleventy 3.1.8",
    yaml=RESOLVER,
    answers={
        "blank-behind-fence": "the end of the block",
        "second-start": "the end of the block",
        "glued-fence": "the end of the block",
        "kept-block-last": "lost",
    },
)
