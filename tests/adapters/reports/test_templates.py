"""The office's own template comes first."""

from pathlib import Path

from qcity_xl.adapters.reports.templates import own_template
from qcity_xl.adapters.resources import paper_template


def test_a_template_in_the_folder_is_used_and_the_others_are_shipped(tmp_path: Path) -> None:
    (tmp_path / "模板").mkdir()
    (tmp_path / "模板" / "验收清单.docx").write_bytes(b"own")
    template = own_template("模板", tmp_path)
    assert template("验收清单") == b"own"
    assert template("迎检目录") == paper_template("迎检目录").read_bytes()
    assert own_template("", tmp_path)("验收清单") != b"own"
