"""Papers to try things with."""

import io

from pypdf import PdfReader

from qcity_xl.adapters.papers import paper


def test_each_has_a_page_and_its_own_bytes() -> None:
    one, other = paper("年度预算批复"), paper("联席会议纪要")
    assert len(PdfReader(io.BytesIO(one)).pages) == 1
    assert one != other
    assert one == paper("年度预算批复")
