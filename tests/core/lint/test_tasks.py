"""Tasks that ask less than the criterion."""

import pytest

from qcity_xl.core.lint.tasks import weaker_tasks

from .examples import case


@pytest.mark.parametrize(
    ("kind", "params", "text", "task", "words"),
    [
        ("数值分段", "≥5家：6", "老字号企业不少于5家", "争创老字号企业", "没有写明“5家”"),
        ("数值分段", "≥5家：6", "老字号企业不少于5家", "老字号企业5家以上", ""),
        ("数值分段", "≥5家：6", "老字号企业不少于5家", "老字号企业达到考核要求", ""),
        ("名次", "前列：6；其余：0", "人均专利数居全省前列", "增加人均专利数", "没有写位次"),
        ("名次", "前列：6；其余：0", "人均专利数居全省前列", "人均专利数位居前列", ""),
        ("达成", "", "建成国家级研究中心", "建成国家级或省级研究中心", "写了“省级”"),
        ("达成", "", "由市长任组长", "由市长任第一组长", "写的是“第一组长”"),
        ("达成", "", "重点企业建立追溯制度", "全市企业建立追溯制度", "面向“全市企业”"),
        ("达成", "", "考核到县、区、街道各级干部", "考核到各级干部", "没有写到“县、区、街”"),
        (
            *("达成", "", "健全巡查制度，组织志愿者开展夜间巡护行动", "健全巡查制度"),
            "没有提到“组织志愿者开展夜间巡护行动”",
        ),
        ("达成", "", "健全巡查制度", "健全日常巡查制度", ""),
    ],
)
def test_what_no_task_says(kind: str, params: str, text: str, task: str, words: str) -> None:
    found = list(weaker_tasks(case(kind, params, 6, text, tasks=(task,))))
    assert bool(found) == bool(words)
    assert all(words in finding.found and finding.effect == 6 for finding in found)


def test_another_task_may_say_it() -> None:
    text, tasks = "老字号企业不少于5家", ("争创老字号企业", "老字号企业总数5家以上")
    assert not list(weaker_tasks(case("数值分段", "≥5家：6", 6, text, tasks=tasks)))
