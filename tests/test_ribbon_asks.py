"""What a click asks: the least first, all else behind 更多选项 with what there is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from qcity_xl.adapters.windows.dialogs import Field
from qcity_xl.adapters.windows.message import Message
from qcity_xl.core.catalogue import BY_ID, STEPS, Step
from qcity_xl.core.schema import ROUNDS
from qcity_xl.core.schema.words import ROLES
from qcity_xl.ribbon_asks import (
    Cancelled,
    beside,
    beside_asked,
    chosen,
    first_asked,
    has_more,
    more_asked,
)
from qcity_xl.steps.report import KINDS
from tests.core.builders import Entry, group, setting, sound

FOLDER = Path("D:/质量强市/草稿")
SENT = [
    Entry(ROUNDS, f"R{name}/{unit}", {"round": name, "unit": unit})
    for name in ("第1轮", "第2轮")
    for unit in ("市农委", "市教育局")
]
MASTER = sound(*SENT, group("各辖市、区政府", "武进区政府"))


@dataclass
class Person:
    """Someone who answers each question in the same way."""

    folder: Path | None = FOLDER
    files: tuple[Path, ...] = ()
    answer: Mapping[str, Any] | None = None
    asked: list[str] = field(default_factory=list)
    fields: dict[str, Field] = field(default_factory=dict)

    def show(self, title: str, message: Message, buttons: Sequence[str], focus: int = 0) -> int:  # noqa: ARG002
        return len(buttons) - 1

    def wait(
        self,
        title: str,  # noqa: ARG002
        message: Message,  # noqa: ARG002
        until: Callable[[], bool],
        copies: str = "",  # noqa: ARG002
    ) -> bool:
        return until()

    def ask_options(self, title: str, fields: Sequence[Field]) -> Mapping[str, Any] | None:  # noqa: ARG002
        self.fields = {one.name: one for one in fields}
        return self.answer

    def ask_files(self, title: str, kind: tuple[str, str]) -> list[Path]:  # noqa: ARG002
        self.asked.append(title)
        return list(self.files)

    def ask_folder(self, title: str) -> Path | None:
        self.asked.append(title)
        return self.folder

    def ask_new_file(self, title: str, name: str) -> Path | None:  # noqa: ARG002
        return self.folder


SAID_BY = "the button that carries the preview out says it"
# What a command can be told and a click can't.
NOT_ASKED = {
    ("send", "yes"): SAID_BY,
    ("chase", "yes"): SAID_BY,
    ("evidence", "yes"): SAID_BY,
    ("log", "check"): "its button is called 日志核对: it always checks",
    ("check", "rules"): "检查规则 is a button of its own",
    ("adopt", "table"): "换用新表 is a button of its own",
    ("adopt", "pairs"): "asked by 换用新表",
    ("adopt", "packs_out"): "asked by 换用新表",
    **dict.fromkeys(
        [("split", "scheduler"), ("merge", "scheduler"), ("inspect", "scheduler")],
        "clusters are for those who work by commands",
    ),
}
FORCES = "Excel itself asks before it breaks a signature"
NO_BUTTON = {
    "rollup": "of many masters, none of which is open",
    "demo": "a folder of examples, made once by whoever installs",
}


def test_a_click_can_be_told_what_its_command_can() -> None:
    found = {
        (step.id, option.name): option
        for step in STEPS
        if step.button
        for option in step.options
        if option.asked == "never"
    }
    assert {place for place in found if place[1] != "force"} == set(NOT_ASKED)
    given = {place for place, option in found.items() if option.in_click is not None}
    assert {place for place, why in NOT_ASKED.items() if why == SAID_BY} <= given
    assert {step.id for step in STEPS if not step.button} == set(NO_BUTTON)


def test_an_option_that_is_asked_for_says_what_holds_without_it() -> None:
    for step in STEPS:
        for option in step.options:
            if step.button and option.asked == "more" and option.kind == "text":
                assert option.hint or option.choices, (step.id, option.name)


def test_choices_are_those_that_the_step_takes() -> None:
    assert BY_ID["report"].option("kind").choices == tuple(KINDS.values())
    assert set(BY_ID["split"].option("role").choices) == set(ROLES)
    person = Person(answer={"kind": ("月报", "网页")})
    asked = more_asked(BY_ID["report"], person, MASTER, {})
    assert asked == {"kind": ("月报", "网页")}
    kind = person.fields["kind"]
    assert (kind.kind, kind.many, kind.choices[0]) == ("choice", True, ("通报", "通报"))


@pytest.mark.parametrize("name", ["check", "score", "resolve", "undo"])
def test_most_steps_ask_nothing(name: str) -> None:
    person = Person()
    assert first_asked(BY_ID[name], person, MASTER) == {}
    assert person.asked == []


def test_a_click_confirms_by_itself_what_a_folder_would_give() -> None:
    person = Person()
    assert first_asked(BY_ID["evidence"], person, MASTER) == {"yes": True}
    assert person.asked == []
    more_asked(BY_ID["evidence"], person, MASTER, {})
    assert {name: one.kind for name, one in person.fields.items()} == {
        "scan": "folder",
        "doubtful": "flag",
    }


def test_without_a_server_letters_are_drafts_in_a_folder() -> None:
    person = Person()
    assert first_asked(BY_ID["send"], person, MASTER) == {"yes": True, "eml": FOLDER}
    assert "没有填发送服务器" in person.asked[0]
    with pytest.raises(Cancelled):
        first_asked(BY_ID["send"], Person(folder=None), MASTER)


def test_the_servers_of_the_settings_are_used_without_a_question() -> None:
    out = setting("邮件", "发送服务器", "smtp.example.com")
    into = setting("收件", "收件服务器", "imap.example.com")
    person, master = Person(), sound(out, into)
    assert first_asked(BY_ID["chase"], person, master) == {"yes": True, "smtp": True}
    assert first_asked(BY_ID["collect"], person, master) == {"imap": True}
    assert person.asked == []


def test_files_or_else_a_folder_of_them() -> None:
    file = Path("D:/回收/市农委.xlsx")
    assert first_asked(BY_ID["merge"], Person(files=(file,)), MASTER) == {"sources": [file]}
    assert first_asked(BY_ID["merge"], Person(), MASTER) == {"sources": [FOLDER]}


def test_units_and_rounds_are_chosen_from_those_that_there_are() -> None:
    person = Person()
    more_asked(BY_ID["send"], person, MASTER, {"eml": FOLDER})
    fields = person.fields
    assert [value for value, _ in fields["round_name"].choices] == ["第2轮", "第1轮"]
    assert "各辖市、区政府" not in [value for value, _ in fields["units"].choices]
    assert {value for value, _ in fields["resend"].choices} == {"市农委", "市教育局"}
    assert (fields["eml"].value, fields["eml"].group) == (FOLDER, "怎样发")
    assert fields["units"].all_chosen
    assert "yes" not in fields


def test_what_is_answered_stands_beside_what_was_asked_before() -> None:
    asked = {"out": FOLDER}
    person = Person(answer={"units": ("市农委",), "round_name": "补发"})
    assert more_asked(BY_ID["split"], person, MASTER, asked) == {
        **asked,
        "units": ("市农委",),
        "round_name": "补发",
    }
    assert more_asked(BY_ID["split"], Person(), MASTER, asked) is None


@pytest.mark.parametrize("step", [s for s in STEPS if s.button], ids=lambda step: step.id)
def test_every_option_of_a_window_can_be_shown_there(step: Step) -> None:
    person = Person()
    more_asked(step, person, MASTER, {})
    assert bool(person.fields) is has_more(step)
    assert all(one.label for one in person.fields.values())


def test_nothing_chosen_is_a_cancel() -> None:
    assert chosen(FOLDER) == FOLDER
    with pytest.raises(Cancelled):
        chosen(None)


def test_a_new_table_takes_up_what_the_open_one_remembers_of_headers() -> None:
    remembered = sound(setting("总表", "表头的意思", "采集分=分值"))
    asked = first_asked(BY_ID["new"], Person(), remembered)
    assert asked["headers"] == "采集分=分值"
    person = Person()
    more_asked(BY_ID["new"], person, remembered, asked)
    assert person.fields["headers"].value == "采集分=分值"


def test_an_earlier_master_is_one_click_away_once_there_is_a_document() -> None:
    step, asked = BY_ID["new"], {"document": Path("任务分解表.docx")}
    assert beside(step, {}) == {}
    (words, option), *_ = beside(step, asked).items()
    assert words == "照以前的总表"
    earlier = Path("以前的总表.xlsx")
    assert beside_asked(option, Person(files=(earlier,)), asked) == {**asked, "like": earlier}
    assert beside_asked(option, Person(), asked) == asked


@pytest.mark.parametrize("step", [s for s in STEPS if s.button], ids=lambda step: step.id)
def test_what_is_asked_first_is_really_asked(step: Step) -> None:
    first = {o.name for o in step.options if o.asked == "first" and o.kind != "subject"}
    asked = first_asked(step, Person(files=(Path("D:/台账.xlsx"),)), MASTER)
    assert first <= asked.keys()  # a subject is the row that is chosen on the sheet
