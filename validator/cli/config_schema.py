"""The JSON Schema of the configuration, made from the records of its options."""

from __future__ import annotations

from typing import Any

from ..profile.keys import ConfigKeys, ProfileKeys
from ..profile.toml_file import built_in_names
from ..rules.catalog import catalog
from ..rules.index import FAMILIES
from ..settings.annotations import value_type
from .plain_values import plain
from .rule_pages import chapter


def config_schema() -> dict[str, Any]:
    """JSON Schema (draft 7, as SchemaStore wants it) of `seed-validator.toml`."""
    profile = value_type(ProfileKeys).schema
    for code, family in FAMILIES.items():
        options = [option for option in catalog().options.values() if option.family == family]
        profile["properties"][family] = {
            "type": "object",
            "description": chapter(code),
            "additionalProperties": False,
            "properties": {
                option.key.partition(".")[2]: {
                    **option.schema,
                    "description": option.doc,
                    "default": plain(option.default),
                }
                for option in options
            },
        }
    profile["properties"]["extends"]["examples"] = built_in_names()
    top = value_type(ConfigKeys).schema
    top["properties"]["profiles"]["additionalProperties"] = {"$ref": "#/definitions/profile"}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "seed-validator configuration",
        **top,
        "definitions": {"profile": profile},
    }
