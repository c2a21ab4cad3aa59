"""The text sources follow from the table of commands, and the ribbon is one that Excel takes."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from qcity_xl.adapters.resources import macros_folder
from qcity_xl.addin.build import modules
from qcity_xl.addin.commands import ICONS
from qcity_xl.addin.sources import generated, main
from qcity_xl.core.catalogue import BUTTONS, GROUPS, MENUS, STEPS, Step

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
    for old, new in (
        *(('keytip="JC"', 'keytip="ABCD"'), ("QcUndo", "QcCheck"), ("large", "big")),
        *(("itemSize", "size2"), ("description", "size")),
    ):
        assert not schema.validate(etree.fromstring(good.replace(old, new).encode()))


@pytest.mark.parametrize("command", BUTTONS, ids=lambda c: c.id)
def test_a_button_says_in_chinese_what_it_does(command: Step) -> None:
    button = command.button
    assert button is not None
    for text in (button.label, button.screentip, button.supertip):
        assert _CHINESE.search(text)
    assert button.supertip.endswith("。")
    assert button.label != button.screentip
    assert button.icon in ICONS
    assert button.group in GROUPS


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_has_a_handful_of_buttons_and_one_that_stands_out(group: str) -> None:
    own = [b.button for b in BUTTONS if b.button and b.button.group == group]
    rare = [button for button in own if button.rare]
    assert 3 <= len(own) - len(rare) + bool(rare) <= 4
    assert [button.large for button in own] == [True, *[False] * (len(own) - 1)]
    assert bool(rare) is (group in MENUS)
    assert len(rare) != 1


def test_what_is_rare_stands_in_the_menu_of_its_group() -> None:
    ribbon = etree.parse(macros_folder() / "customUI14.xml")
    for step in BUTTONS:
        (within,) = ribbon.xpath(f"//*[@id='{step.macro}']/..")
        assert step.button
        group = within.getparent() if step.button.rare else within
        assert group.get("label") == step.button.group
        if step.button.rare:
            assert within.get("label") == MENUS[step.button.group].label


# What Excel itself shows after Alt: tabs, the search box (Q), digits, 共享 and its neighbours.
_EXCELS = (*"FHNPMARWLYUXJBQ", *"0123456789", "ZS", "ZC", "ZR")


def test_no_keytip_begins_another() -> None:
    """Excel would go to the first, or put other letters there."""
    ribbon = etree.fromstring(generated()["customUI14.xml"].encode())
    (tab,) = ribbon.xpath("//*[local-name()='tab']/@keytip")
    within = ribbon.xpath("//*[local-name()='tab']//*/@keytip")
    assert len(within) == len(BUTTONS) + len(MENUS)
    for keytips in (sorted([tab, *_EXCELS]), sorted(within)):
        assert not [(a, b) for a, b in pairwise(keytips) if b.startswith(a)]


def test_names_and_icons_are_used_once() -> None:
    buttons = [step.button for step in BUTTONS if step.button]
    for names in (
        [step.id for step in STEPS],
        [step.title for step in STEPS],
        [*(button.label for button in buttons), *(menu.label for menu in MENUS.values())],
        [button.icon for button in buttons],
    ):
        assert max(Counter(names).values()) == 1


def test_each_button_has_its_procedure_with_the_signature_of_a_callback() -> None:
    ribbon = etree.parse(macros_folder() / "customUI14.xml")
    actions = ribbon.xpath("//@onAction")
    declared = re.findall(
        r"^Sub (\w+)\(control As IRibbonControl\)$", modules()["QcityRibbon"], re.MULTILINE
    )
    assert actions == declared == [command.macro for command in BUTTONS]


def test_vba_is_ascii_and_a_button_is_one_line() -> None:
    for name, text in modules().items():
        assert text.isascii(), name
        assert max(map(len, text.splitlines())) < 1024, name  # the longest line that VBA takes
    bodies = re.findall(r"\)\n(.*?)\nEnd Sub", modules()["QcityRibbon"], re.DOTALL)
    assert bodies == [
        f"    RunPython \"import qcity_xl.ribbon as r; r.click('{c.id}')\"" for c in BUTTONS
    ]


def test_on_a_mac_words_of_a_click_whose_python_never_started_go_after_a_while() -> None:
    """There nobody waits for its end: what is to come names a procedure that gives the bar back."""
    launcher = (macros_folder() / "QcityLauncher.bas").read_text(encoding="ascii")
    on_mac = re.search(r"#If Mac Then\s(.*?)#Else", launcher, re.DOTALL)
    assert on_mac
    timed, started = on_mac[1].index("Application.OnTime"), on_mac[1].index("ExecuteMac")
    named = re.search(r"OnTime Now \+ TimeSerial\(0, \d+, 0\), .*!(\w+)\"", on_mac[1])
    assert named
    assert timed < started
    body = re.search(rf"Public Sub {named[1]}\(\)\s+(.*?)\s+End Sub", launcher, re.DOTALL)
    assert body
    assert body[1] == "Application.StatusBar = False"
