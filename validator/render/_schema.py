"""The JSON Schema of the `json` format: what consumers may rely on within a schema version.

It is written by hand, in `report.schema.json`. Keys are only ever added within a version; a
consumer must pass over keys that it does not know.
"""

from __future__ import annotations

import json
import os
from typing import Any

from ..file.opening import read_text


def report_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the envelope."""
    path = os.path.join(os.path.dirname(__file__), "report.schema.json")
    schema: dict[str, Any] = json.loads(read_text(path))
    return schema
