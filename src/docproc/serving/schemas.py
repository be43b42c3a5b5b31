"""The schemas of calls: in full for the HTTP API, short for a model that pays by the token."""

from __future__ import annotations

from typing import Any

import msgspec

from docproc.serving.calls import Call


def argument_schema(call: Call) -> dict[str, Any]:
    """The arguments of *call* as JSON Schema, in full."""
    _, components = msgspec.json.schema_components([call.takes], ref_template="{name}")
    schema: dict[str, Any] = components[call.takes.__name__]
    return schema


def input_schema(call: Call) -> dict[str, Any]:
    """The arguments of *call* as JSON Schema, with what only costs tokens left out."""
    whole = argument_schema(call)
    left_out = ("title", "default", "maxLength", "minLength")
    properties = {
        name: {key: value for key, value in each.items() if key not in left_out}
        for name, each in whole["properties"].items()
    }
    for each in properties.values():
        if "items" in each:
            each["items"] = {"type": each["items"]["type"]}
    made: dict[str, Any] = {
        "type": "object", "properties": properties, "additionalProperties": False,
    }  # fmt: skip
    return made | ({"required": whole["required"]} if whole["required"] else {})


def output_schema(call: Call) -> dict[str, Any]:
    """The keys of the result of *call* and their types; the HTTP API describes them in full."""
    properties: dict[str, Any] = {}
    for name, kind in call.gives.items():
        optional = kind.endswith("?")
        kinds = [kind.rstrip("?"), "null"] if optional else kind
        properties[name.rstrip("?")] = {"type": kinds}
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in call.gives if not name.endswith("?")],
    }
