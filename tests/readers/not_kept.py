"""Where the promise is not kept yet; the command tells when one of these is mended, too."""

from __future__ import annotations

NAMES = {
    "jsonl": """
        cr gzip-zeros fused fused-blank fused-comma cut-last-line cut-inner-line
        comma-after-each not-an-object null-line list-line empty-object no-break-space
        comment header-line trailing-comma single-quotes bad-escape text-after duplicate-key
        duplicate-key-escaped duplicate-key-inside case-of-keys case-of-keys-apart empty-key
        key-with-nul nan infinity huge-number beyond-2-53-gap type-and-mixed-message
        beyond-2-64 thirty-digits many-digits leading-zero plus-sign bare-point
        id-sometimes-number text-then-object object-then-list boolean-then-number
        text-then-number mixed-list late-type late-field late-null empty-text no-text
        null-text no-id media-field path-field deep-100 deep-200 deep-5000
    """,
    "front-matter": """
        rule-first prose-with-colon fence-in-literal fence-starts-value indented-body
        ideographic-space-first blanks-at-end list-on-top text-on-top number-on-top
        no-blank-after-colon no-blank-after-colons no-break-space duplicate-key
        duplicate-key-quoted duplicate-key-inside colon-in-value tab-indent bracket-open
        quote-open at-sign percent-first backtick star ampersand bang python-tag js-tag
        binary-tag set-tag merge-key number-key boolean-key null-key day-key list-key
        content-key no-value-after-key smart-quotes surrogate-escape pair-escape word-no
        word-yes word-on leading-zero hexadecimal binary underscore underscore-fraction
        clock clock-short clock-fraction version exponent exponent-point hash-like plus
        point-first point-last beyond-2-53 twenty-digits day day-impossible day-zero moment
        moment-zone equals-sign merge-sign dash question
    """,
    "mbox": """
        from-in-body from-after-blank from-quoted from-quoted-twice blank-first lower-case
        indented tab blank-in-headers no-colon blank-before-colon folded-header
        duplicate-header raw-utf-8-header
    """,
    "wet": """
        one-member two-records-a-member record-over-members gzip-zeros type-missing
        type-unknown type-upper uri-in-angles header-case folded-header blank-first
    """,
}
NOT_KEPT = frozenset(f"{kind}/{name}" for kind, names in NAMES.items() for name in names.split())
