"""udapi: reads trees, so that a HEAD must be a word of the sentence."""

from ..reader import Reader

READER = Reader(
    summary="Udapi, of Universal Dependencies",
    formats=("conllu",),
    call="Document().load_conllu(path)",
    version="udapi 0.5.2",
    answers={"head-not-a-number": "an error", "odd-token-id": "the number"},
    note="in no default list: it takes a HEAD `_` for the root, refuses what is no tree, and reads "
    "comments only where one blank stands on each side of `=`; what it makes of DEPS was asked as "
    "it stands",
)
