"""What the path of a file says."""

import datetime as dt

import pytest

from qcity_xl.core.scoring.file_signs import number_key, read_signs

KNOWN = dict.fromkeys(["5", "5(1)", "5(2)", "17", "17(4)", "33", "33(1)"])


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("5(2) 检测报告.pdf", ("5(2)",)),
        ("5（2）检测报告.pdf", ("5(2)",)),
        ("17.4_培训.pdf", ("17(4)",)),
        ("17-4 培训.pdf", ("17(4)",)),
        ("得分点17（4）/培训.pdf", ("17(4)",)),
        ("33/照片.jpg", ("33",)),
        ("指标33 满意度/照片.jpg", ("33",)),
        ("第33项/照片.jpg", ("33",)),
        ("33、满意度/5(1).pdf", ("5(1)", "33")),  # the innermost first
        ("2016年通知.pdf", ()),
        ("20160512.jpg", ()),
        ("5月例会.docx", ()),
        ("5.12 检查.jpg", ()),  # a day in May
        ("17强企业名单.xlsx", ()),
        ("33次检查.docx", ()),
        ("99(1) 别的.pdf", ()),
        ("5-17照片.jpg", ()),
    ],
)
def test_the_criterion_stands_at_the_start_of_a_name(path: str, labels: tuple[str, ...]) -> None:
    assert read_signs(path, KNOWN).labels == labels


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("材料/5(2)_检测报告.pdf", "检测报告"),
        ("5（2）、检测报告（定稿）.pdf", "检测报告（定稿）"),
        ("5(2).pdf", "5(2)"),
        ("检测报告", "检测报告"),
    ],
)
def test_the_title_is_the_name_without_its_label(path: str, title: str) -> None:
    assert read_signs(path, KNOWN).title == title


@pytest.mark.parametrize(
    ("path", "day", "year"),
    [
        ("检查 2017-03-09.jpg", dt.date(2017, 3, 9), "2017"),
        ("IMG_20170309.jpg", dt.date(2017, 3, 9), ""),
        ("2017年3月9日会议纪要.docx", dt.date(2017, 3, 9), "2017"),
        ("2017/检查.jpg", None, "2017"),
        ("2016年度报告.pdf", None, "2016"),
        ("苏质发〔2015〕8号.pdf", None, "2015"),
        ("检查.jpg", None, ""),
    ],
)
def test_day_and_year(path: str, day: dt.date | None, year: str) -> None:
    signs = read_signs(path, KNOWN)
    assert (signs.day, signs.year) == (day, year)


@pytest.mark.parametrize(
    "words",
    [
        "苏质发〔2015〕8号",
        "苏质发[2015]08号 关于计量的通知",
        "苏质发（２０１５）8号",
        "苏质发【2015】第8号",
    ],
)
def test_a_document_number_is_one_however_it_is_written(words: str) -> None:
    assert number_key(words) == "苏质发(2015)8号"


def test_a_document_number_as_it_is_printed() -> None:
    assert read_signs("苏质发(2015)8号.pdf", KNOWN).number == "苏质发〔2015〕8号"
    assert number_key("第8号") == ""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("检查.JPG", "现场照片"),
        ("宣传片.mp4", "影像"),
        ("联席会议纪要.docx", "会议纪要"),
        ("关于开展质量月活动的通知.pdf", "文件"),
        ("走访记录/三月.docx", "走访记录"),
        ("苏质发〔2015〕8号.pdf", "文件"),
        ("扫描0001.pdf", ""),
    ],
)
def test_the_kind_is_known_by_ending_and_words(path: str, kind: str) -> None:
    assert read_signs(path, KNOWN).kind == kind
