"""Each refusal is one Chinese sentence that names what was found."""

import re

import pytest

from qcity_xl.adapters.ooxml import errors
from qcity_xl.adapters.ooxml.errors import CellError, OoxmlError
from qcity_xl.core.errors import QcityError

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, OoxmlError) and kind.sentence != "{0}"
]
TOLD = {**dict.fromkeys("0123", "市统计局"), "0:,": 21_000, "1:,": 34_000, "2:,": 8_000}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_refusal_says_what_is_wrong_in_whole_sentences(kind: type[OoxmlError]) -> None:
    wanted = sorted(set(re.findall(r"{(\d[^}]*)}", kind.sentence)))
    found = [TOLD[one] for one in wanted]
    where = ("质量战略", 7, 28) if issubclass(kind, CellError) else ()
    told = str(kind(*where, *found))
    assert re.search(r"[\u4e00-\u9fff]", told)
    assert told.endswith("。")
    assert all(format(one, "," if isinstance(one, int) else "") in told for one in found)
    assert told.startswith("「质量战略」AB7：") == bool(where)


def test_there_is_one_root() -> None:
    assert len(KINDS) > 25
    assert issubclass(OoxmlError, QcityError)


def test_a_refused_cell_can_be_found() -> None:
    error = errors.NoFormula("看板", 5, 3)
    assert (error.sheet, error.row, error.col) == ("看板", 5, 3)
