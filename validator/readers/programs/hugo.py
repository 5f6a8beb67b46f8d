"""Hugo: go-yaml 2; keys in small letters, moments as text until a template asks for a date."""

from ..engines.go_yaml_2 import RESOLVER
from ..reader import Reader

READER = Reader(
    summary="Hugo, a maker of sites",
    formats=("front-matter",),
    call="hugo, .Params and .RawContent",
    version="Hugo 0.111.3",
    yaml=RESOLVER,
    answers={
        "question-within": "an error",
        "blank-behind-fence": "the end of the block",
        "second-start": "the end of the block",
        "glued-fence": "the end of the block",
        "capital-key": "a field in small letters",
        "keys-by-case": "the same field",
        "slash-escape": "an error",
    },
)
