import pytest

from qcity_xl.core.reading.findings import Findings
from qcity_xl.core.reading.labels import Label
from qcity_xl.core.reading.model import Outline, RawIndicator, RawSection, RawTask
from qcity_xl.core.reading.numbering import number_outline


def document(*labels: Label | None) -> Outline:
    raws = [RawIndicator(0, f"第{n}行", label=label) for n, label in enumerate(labels, 1)]
    return Outline(sections=[RawSection(1, "品牌", "第1行", indicators=raws)])


def numbers(outline: Outline) -> list[int]:
    return [raw.no for raw in outline.indicators()]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (((4,), (5,), (7,)), [4, 5, 7]),
        (((4,), None, (6,)), [4, 5, 6]),
        ((None, (2,)), [1, 2]),
    ],
)
def test_the_numbers_of_the_document_stay(
    labels: tuple[Label | None, ...], expected: list[int]
) -> None:
    outline, findings = document(*labels), Findings()
    number_outline(outline, findings)
    assert numbers(outline) == expected
    assert findings.guesses == []


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        (((1,), (2,), (1,)), "原文件的编号是1、2、1，有重复"),
        (((1, 1), (1, 2), (2, 1)), "原文件的编号是1.1、1.2、2.1，"),
        (((0,), (1,), (2,)), "原文件的编号是0、1、2，"),
        ((None, None, None), "原文件的指标没有编号，"),
    ],
)
def test_numbers_that_do_not_tell_all_apart_are_made_anew_and_told(
    labels: tuple[Label | None, ...], reason: str
) -> None:
    outline, findings = document(*labels), Findings()
    number_outline(outline, findings)
    assert numbers(outline) == [1, 2, 3]
    (guess,) = findings.guesses
    assert (guess.subject, guess.what, guess.taken) == ("全文", "编号", "1—3")
    assert guess.reason.startswith(reason)


def test_tasks_keep_their_places_and_digits_of_the_wording_go_back_to_it() -> None:
    outline = document((3,))
    (raw,) = outline.indicators()
    raw.tasks = [
        RawTask("", "修订标准", "第2行", label=(3, 1)),
        RawTask("", "家企业贯标", "第3行", label=(3, 26)),
        RawTask("", "发布目录", "第4行", label=(3, 4)),
    ]
    number_outline(outline, Findings())
    assert [(task.no, task.text) for task in raw.tasks] == [
        *(("3.1", "修订标准"), ("3.2", "6家企业贯标"), ("3.4", "发布目录"))
    ]


def test_tasks_whose_numbers_repeat_are_counted() -> None:
    outline = document((3,))
    (raw,) = outline.indicators()
    raw.tasks = [RawTask("", text, "第2行", label=(1,)) for text in ("修订标准", "发布目录")]
    number_outline(outline, Findings())
    assert [task.no for task in raw.tasks] == ["3.1", "3.2"]
