"""The office's own template comes first."""

from pathlib import Path

import pytest

from qcity_xl.adapters.reports.paper import BadPaper
from qcity_xl.adapters.reports.templates import own_template
from qcity_xl.adapters.resources import paper_template
from qcity_xl.core.errors import FileUnreadable


def test_a_template_in_the_folder_is_used_and_the_others_are_shipped(tmp_path: Path) -> None:
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "验收清单.docx").write_bytes(b"own")
    template = own_template("模板", tmp_path)
    assert template("验收清单") == b"own"
    assert template("迎检目录") == paper_template("迎检目录").read_bytes()
    assert own_template("", tmp_path)("验收清单") != b"own"


@pytest.mark.parametrize("ending", [".docm", ".doc", ".wps"])
def test_a_template_in_another_format_is_told_and_not_passed_over(
    tmp_path: Path, ending: str
) -> None:
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / f"通报{ending}").write_bytes(b"own")
    with pytest.raises(BadPaper, match=f"模板“通报”：存成了 通报{ending}，程序只读 .docx。请用"):
        own_template("模板", tmp_path)("通报")
    (tmp_path / "模板" / "通报.docx").write_bytes(b"own")
    assert own_template("模板", tmp_path)("通报") == b"own"


def test_a_template_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "模板" / "通报.docx").mkdir(parents=True)
    with pytest.raises(FileUnreadable, match="这是文件夹，不是文件"):
        own_template("模板", tmp_path)("通报")
