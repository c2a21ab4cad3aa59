"""Charts in Word: values where every program looks for them, and a workbook to edit them in."""

import io
import re
import zipfile

import openpyxl

from qcity_xl.adapters.reports.chart import Bars
from tests.adapters.reports.test_paper import template

BARS = Bars(
    "各部分得分：<质量文化>110分",
    ["1 战略", "2 质量文化"],
    [("分值", "E3E7EC", [80, 110]), ("自评", "A9C4E3", [50, None])],
)


def test_a_chart_stands_in_the_document_with_its_data() -> None:
    data = template("{{图}}").filled({}, {"图": BARS})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        chart = package.read("word/charts/chart1.xml").decode()
        book = openpyxl.load_workbook(io.BytesIO(package.read("word/embeddings/chart1.xlsx")))
        body = package.read("word/document.xml").decode()
    assert "word/charts/_rels/chart1.xml.rels" in names
    points = re.findall(r"<(?:\w+:)?v>([^<]+)</", chart)
    assert [float(p) for p in points if p.replace(".", "").isdigit()] == [80, 110, 50]
    assert [[c.value for c in row] for row in book.worksheets[0].rows] == [
        [None, "分值", "自评"],
        ["1 战略", 80, 50],
        ["2 质量文化", 110, None],
    ]
    assert "各部分得分：&lt;质量文化&gt;110分" in body
