"""The text sources follow from the table of commands, and the ribbon is one that Excel takes."""

import ast
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

import qcity_xl
from qcity_xl.addin.build import modules
from qcity_xl.addin.commands import COMMANDS, GROUPS, ICONS, Command
from qcity_xl.addin.sources import generated, macros_folder, main

_SCHEMA = Path(__file__).with_name("customui.xsd")
_CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", sorted(generated()))
def test_a_committed_source_is_what_the_table_says(name: str) -> None:
    committed = (macros_folder() / name).read_text(encoding="utf-8")
    assert committed == generated()[name], "run: make macros"


def test_the_generated_sources_can_be_written_anew(tmp_path: Path) -> None:
    main(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(generated())


def test_the_ribbon_is_valid() -> None:
    schema = etree.XMLSchema(etree.parse(_SCHEMA))
    schema.assertValid(etree.parse(macros_folder() / "customUI14.xml"))


def test_the_schema_refuses_what_excel_would() -> None:
    schema = etree.XMLSchema(etree.parse(_SCHEMA))
    good = generated()["customUI14.xml"]
    for old, new in (('keytip="JC"', 'keytip="ABCD"'), ("QcUndo", "QcCheck"), ("large", "big")):
        assert not schema.validate(etree.fromstring(good.replace(old, new).encode()))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.callback)
def test_a_button_says_in_chinese_what_it_does(command: Command) -> None:
    for text in (command.label, command.screentip, command.supertip):
        assert _CHINESE.search(text)
    assert command.supertip.endswith("。")
    assert command.label != command.screentip
    assert command.icon in ICONS
    assert command.group in GROUPS


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_has_a_handful_of_buttons_and_one_that_stands_out(group: str) -> None:
    own = [command for command in COMMANDS if command.group == group]
    assert 3 <= len(own) <= 5
    assert [command.large for command in own] == [True, *[False] * (len(own) - 1)]


def test_no_keytip_begins_another() -> None:
    keytips = sorted(command.keytip for command in COMMANDS)
    assert not [a for a, b in pairwise(keytips) if b.startswith(a)]


def test_names_and_icons_are_used_once() -> None:
    for name in ("callback", "macro", "label", "icon"):
        assert max(Counter(getattr(c, name) for c in COMMANDS).values()) == 1, name


def test_each_button_has_its_procedure_with_the_signature_of_a_callback() -> None:
    ribbon = etree.parse(macros_folder() / "customUI14.xml")
    actions = ribbon.xpath("//@onAction")
    declared = re.findall(
        r"^Sub (\w+)\(control As IRibbonControl\)$", modules()["QcityRibbon"], re.MULTILINE
    )
    assert actions == declared == [command.macro for command in COMMANDS]


def test_each_callback_is_a_function_of_the_ribbon_without_arguments() -> None:
    source = Path(qcity_xl.__file__).with_name("ribbon.py").read_text(encoding="utf-8")
    found = {
        node.name: node.args for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
    }
    for command in COMMANDS:
        assert command.callback in found, command.callback
        needed = found[command.callback]
        assert len(needed.args) == len(needed.defaults), command.callback


def test_vba_is_ascii_and_a_button_is_one_line() -> None:
    for name, text in modules().items():
        assert text.isascii(), name
        assert max(map(len, text.splitlines())) < 1024, name  # the longest line that VBA takes
    bodies = re.findall(r"\)\n(.*?)\nEnd Sub", modules()["QcityRibbon"], re.DOTALL)
    assert bodies == [
        f'    RunPython "import qcity_xl.ribbon as r; r.{c.callback}()"' for c in COMMANDS
    ]
