"""The effect is what the ways to understand a rule differ by."""

from qcity_xl.core.lint.findings import Finding, Interpretation


def test_the_effect_is_between_the_best_and_the_worst() -> None:
    ways = (Interpretation("按比例", 3.3), Interpretation("全部", 0), Interpretation("一半", 2))
    assert Finding("6(1)", "partial", "做到一部分", ways).effect == 3.3
    assert Finding("6(1)", "word", "“及时”").effect == 0
