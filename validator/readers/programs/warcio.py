"""warcio: `<` and `>` around an address are cut off, as the grammar of WARC 1.0 has them."""

from ..reader import Reader

READER = Reader(
    summary="warcio",
    formats=("warc",),
    call="ArchiveIterator(file, no_record_parse=True)",
    version="warcio 1.8.1",
    answers={"angled-address": "the address between them", "blank-in-address": "written `%20`"},
)
