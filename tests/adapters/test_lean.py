"""Imports that find less than there is."""

import importlib.util
import sys

import pytest

from qcity_xl.adapters.lean import hidden


def test_what_is_hidden_is_not_found_inside_and_is_found_after() -> None:
    sys.modules.pop("colorsys", None)
    with hidden("colorsys"), pytest.raises(ImportError):
        import colorsys  # noqa: F401
    assert importlib.util.find_spec("colorsys") is not None


def test_what_is_loaded_stays_loaded() -> None:
    import json

    with hidden("json"):
        assert sys.modules["json"] is json
    assert sys.modules["json"] is json
