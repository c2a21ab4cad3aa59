"""A group of clauses is read whole, by the first reading that takes all of it, or not at all."""

from dataclasses import replace

import pytest

from qcity_xl.core.reading.wording.rules import read_group, read_judged
from tests.core.reading.wording.groups import group, read, shown


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        ("由专家评审组打分，满分8分。", "8 专家评分"),
        ("视情况酌情给1-3分。", "8 专家评分"),
        ("得6-8分。", "8 专家评分 ?计分方式"),
        ("公布热线得8分。", None),
    ],
)
def test_who_gives_the_points_is_asked_where_it_is_not_said(
    wording: str, criterion: str | None
) -> None:
    assert read(read_judged, wording, 8) == criterion


@pytest.mark.parametrize(
    ("wording", "criterion"),
    [
        ("公布热线得3分。", "3 达成"),
        ("每新建1个书屋得1分，最高3分。", "3 计件 每个：1"),
        ("每缺1份扣1分，扣完为止。", "3 扣分 每份：1"),
        ("供水合格率达到96%得3分，每降低1个百分点扣1分。", "3 扣减 ≥96%；每降1：扣1 ?不足一步"),
        ("第一名得3分，第二名得2分，其余不得分。", "3 名次 ≤1：3；≤2：2；其余：0"),
    ],
)
def test_each_sort_of_criterion_has_its_reading(wording: str, criterion: str) -> None:
    assert read(read_group, wording, 3) == criterion


def test_words_that_no_reading_looks_at_leave_all_unread() -> None:
    assert read(read_group, "公布热线得3分，另行通知。", 3) is None
    assert read(read_group, "缺1份扣1分，特殊情况扣完为止。", 3) is None


def test_equal_places_concern_places_alone() -> None:
    ranked = replace(group("第一名得3分，第二名得2分。", 3), ties=True)
    draft = read_group(ranked)
    assert draft is not None and shown(draft) == "3 名次 ≤1：3；≤2：2；其余：0"
    assert read_group(replace(group("公布热线得3分。", 3), ties=True)) is None


def test_notes_and_parts_of_a_step_hold_where_they_change_nothing() -> None:
    bands = group("接通率90%以上得3分，80%以上得2分，低于80%不得分。", 3)
    draft = read_group(replace(bands, notes=("",)))
    assert draft is not None and shown(draft) == "3 数值分段 ≥90%：3；≥80%：2"
    assert read_group(replace(bands, notes=("累加",))) is None
    assert read_group(replace(bands, part="不扣")) is None


@pytest.mark.parametrize("wording", ["抽检达到4批次/千人，每少0.1批次/千人扣0.5分，满分8分。"])
def test_a_step_of_a_rate_is_not_read_without_what_it_is_a_share_of(wording: str) -> None:
    assert read(read_group, wording, 8) is None
    assert read(read_group, wording.replace("/千人", ""), 8) is not None
