from qcity_xl.core.reading.model import Outline, RawIndicator, RawSection


def test_the_indicators_of_all_sections_in_order() -> None:
    brand, safety = RawSection(1, "品牌", "第3行"), RawSection(2, "安全", "第9行")
    brand.indicators += [RawIndicator(1, "第4行", "商标"), RawIndicator(2, "第6行", "老字号")]
    safety.indicators.append(RawIndicator(3, "第10行", "电梯"))
    empty = RawSection(3, "文化", "第12行")
    outline = Outline(sections=[brand, safety, empty])
    assert [raw.title for raw in outline.indicators()] == ["商标", "老字号", "电梯"]
    assert list(Outline().indicators()) == []


def test_nothing_that_grows_is_shared_between_two_documents() -> None:
    one, two = RawIndicator(1, "第4行"), RawIndicator(2, "第5行")
    section = RawSection(1, "品牌", "第3行", indicators=[one])
    Outline().sections.append(section)
    assert (one.tasks is two.tasks, one.parts is two.parts) == (False, False)
    assert Outline().sections == []
