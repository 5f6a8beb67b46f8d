"""python-frontmatter: `---` alone on a line opens and closes; PyYAML's safe loader."""

from ..engines.pyyaml import RESOLVER
from ..reader import Reader

READER = Reader(
    summary="the front matter of Python programs",
    formats=("front-matter",),
    call="frontmatter.load(path)",
    version="python-frontmatter 1.3.0",
    yaml=RESOLVER,
    answers={
        "blank-behind-fence": "the closing fence",
        "padded-body": "nothing",
        "blanks-alone-first": "nothing",
    },
)
