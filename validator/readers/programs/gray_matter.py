"""gray-matter: `---` opens, a line that begins with `---` closes; js-yaml 3."""

from ..engines.js_yaml_3 import RESOLVER
from ..reader import Reader

READER = Reader(
    summary="the front matter of most programs for Node.js: Gatsby, Astro, Docusaurus, VitePress",
    formats=("front-matter",),
    call="matter.read(path)",
    version="gray-matter 4.0.3",
    yaml=RESOLVER,
    answers={
        "blank-behind-fence": "the end of the block",
        "second-start": "the end of the block",
        "glued-fence": "the end of the block",
        "kept-block-last": "lost",
    },
)
