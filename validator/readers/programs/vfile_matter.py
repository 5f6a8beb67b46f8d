"""vfile-matter, of unified and remark: the package `yaml`, which reads YAML 1.2."""

from ..engines.yaml_core import RESOLVER
from ..reader import Reader

READER = Reader(
    summary="the front matter of unified, remark and MDX",
    formats=("front-matter",),
    call="matter(file, {strip: true})",
    version="vfile-matter 5.0.1",
    yaml=RESOLVER,
    answers={
        "folded-in-flow": "an error",
        "second-dots": "an error",
        "dash-in-flow": "an error",
        "question-first": "text",
        "blank-behind-fence": "an error",
        "flow-at-margin": "an error",
        "kept-block-last": "lost",
    },
)
