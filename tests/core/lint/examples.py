"""One indicator of a made-up table, as the linter sees it."""

from collections.abc import Callable, Iterator

from qcity_xl.core.lint.case import Case, cases_of
from qcity_xl.core.lint.findings import Finding
from qcity_xl.core.values import Value
from tests.core.builders import build, criterion, indicator, ruling, task

Rulings = dict[str, tuple[str, str]]  # item -> default, options


def case(
    kind: str,
    params: str,
    points: float,
    text: str = "社区养老服务",
    rulings: Rulings | None = None,
    tasks: tuple[str, ...] = (),
    **more: Value,
) -> Case:
    """The first criterion, 6(1)."""
    master = build(
        indicator(6, points),
        criterion("6(1)", points, kind, params or None, **{"text": text, **more}),
        *(task(f"6.{n}", criteria="6(1)", text=words) for n, words in enumerate(tasks, 1)),
        *(
            ruling("6(1)", item, default, options=options or None)
            for item, (default, options) in (rulings or {}).items()
        ),
    )
    return next(cases_of(master))


def told(look: Callable[[Case], Iterator[Finding]], one: Case) -> list[tuple[str, float]]:
    """Kind and effect of what is found."""
    return [(finding.kind, finding.effect) for finding in look(one)]
