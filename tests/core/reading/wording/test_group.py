"""Questions about the clauses of one criterion."""

import pytest

from qcity_xl.core.reading.wording.group import base_of, denies, share_of, tiers_of, worth_of
from tests.core.reading.wording.groups import first, group


def test_the_words_are_those_of_the_document() -> None:
    made = group("1. 公开【办事】指南得３分；未公开的不得分。")
    assert made.letters == "AZ"
    assert made.text == "公开【办事】指南得３分；未公开的不得分"
    assert made.words(made.clauses[0]) == "公开【办事】指南"
    assert made.only("AZ") and not made.only("A")


@pytest.mark.parametrize(
    ("phrase", "share"),
    [
        ("得满分", 1.0),
        ("得满分的60%", 0.6),
        ("得满分的百分之四十", 0.4),
        ("得七成分", 0.7),
        ("得一半分", 0.5),
        ("减半得分", 0.5),
        ("得满分的100%", 1.0),
        ("得满分的120%", None),
    ],
)
def test_shares(phrase: str, share: float | None) -> None:
    assert share_of(first(f"已开工的{phrase}")) == share


def test_a_share_needs_a_whole() -> None:
    known, unknown = group("已开工的得满分的60%", 8), group("已开工的得满分的60%")
    (tier,) = tiers_of(known, known.clauses) or []
    assert (tier.text, tier.points) == ("已开工", 4.8)
    assert tiers_of(unknown, unknown.clauses) is None


@pytest.mark.parametrize(
    ("text", "done", "denied"),
    [
        ("未设立", "设立举报奖励", True),
        ("没有公布", "公布热线", True),
        ("其余", "公布热线", True),
        ("未公布", "设立举报奖励", False),
        ("低于90%", "达到90%", False),
    ],
)
def test_a_denial_denies_what_was_said(text: str, done: str, denied: bool) -> None:
    assert denies(text, done) is denied


@pytest.mark.parametrize(
    ("wording", "known", "worth"),
    [
        ("建台账（4分）", 9, 4),
        ("本项满分6分，缺1份扣1分", None, 6),
        ("最多扣6分", 9, 9),
        ("最多扣6分", None, None),
    ],
)
def test_a_group_is_worth_what_it_states(
    wording: str, known: float | None, worth: float | None
) -> None:
    assert worth_of(group(wording, known)) == worth


def test_one_case_is_the_base_and_several_are_none() -> None:
    tier, known = base_of(group("台账齐全得3分，缺1份扣1分"))
    assert known and tier is not None and (tier.text, tier.points) == ("台账齐全", 3)
    assert base_of(group("建台账得3分，公布热线得2分")) == (None, False)
    assert base_of(group("缺1份扣1分")) == (None, True)
