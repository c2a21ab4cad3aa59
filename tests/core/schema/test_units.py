"""单位: what is counted there is counted by formulas over columns that are there."""

from qcity_xl.core.plan import UNIT_KIND_NAMES
from qcity_xl.core.schema import UNITS
from qcity_xl.core.schema.words import LEAD, PARTNER
from tests.core.schema.references import unknown

COUNTED = [column for column in UNITS.columns if column.formula]


def test_there_is_a_kind_for_each_kind_of_unit() -> None:
    assert UNITS.column("kind").choices == tuple(UNIT_KIND_NAMES.values())


def test_what_a_unit_leads_and_what_it_helps_with_are_counted_apart() -> None:
    roles = {role for c in COUNTED for role in (LEAD, PARTNER) if f'"{role}"' in str(c.formula)}
    assert roles == {LEAD, PARTNER}
    assert len({column.formula for column in COUNTED}) == len(COUNTED)


def test_each_formula_names_columns_that_are_there() -> None:
    assert not [name for column in COUNTED for name in unknown(str(column.formula))]


def test_a_password_and_how_to_reach_people_stay_with_the_office() -> None:
    private = {column.field for column in UNITS.columns if column.private}
    assert private
    assert all(UNITS.column(field).editor == "office" for field in private)
