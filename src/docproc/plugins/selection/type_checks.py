"""Whether a setting has the type of its default, and a product what its stage asks."""

from __future__ import annotations

from inspect import getattr_static

from docproc.hooks.registration import SettingValue


def find_mistyped(value: object, default: SettingValue) -> str:
    """What was expected of *value* where it is not of the type of *default*; ``""`` where it is."""
    expected = type(default)
    if expected is float and type(value) is int:
        return ""
    if type(value) is not expected:
        return f"expected {expected.__name__}, got {type(value).__name__}"
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return "expected a list of strings"
    if isinstance(value, dict) and not all(isinstance(item, str) for item in value.values()):
        return "expected a table of strings"
    return ""


def find_lacking(product: object, contract: type) -> list[str]:
    """What *product* lacks of *contract*; where it fits, nothing of it is computed to find out."""
    names = {n for n in (*vars(contract), *contract.__annotations__) if not n.startswith("_")}
    if getattr(contract, "_is_protocol", False) and all(
        getattr_static(product, name, None) is not None for name in names
    ):
        return []
    if isinstance(product, contract):
        return []
    lacking = sorted(name for name in names if not hasattr(product, name))
    return lacking or [f"the base class {contract.__name__}"]
