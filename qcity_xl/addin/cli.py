"""`qcity addin …`: the add-in built, installed, examined, bundled."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qcity_xl.adapters.terminal import ChineseGroup

if TYPE_CHECKING:
    from qcity_xl.core.values import Value

_JSON = click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象。")
_OUT = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group(cls=ChineseGroup, short_help="Excel 加载项")
def addin() -> None:
    """Excel 功能区“质量强市”的加载项：生成、安装、卸载、自检、离线安装包。"""


@addin.command(short_help="生成加载项")
@click.option(
    "--out", metavar="文件夹", type=_OUT, default=".", help="放在哪里；不给则当前文件夹。"
)
@click.option(
    "--interpreter",
    metavar="路径",
    default=sys.executable,
    help="按钮运行哪个 Python，写完整路径；不给则用现在这个。",
)
@_JSON
def build(out: Path, interpreter: str, as_json: bool) -> None:
    """生成 qcity.xlam，不需要 Excel。同样的输入每次生成的文件一字节不差。"""
    from qcity_xl.addin.build import write_addin

    _files("已生成", [write_addin(out, interpreter)], as_json)


@addin.command(short_help="装到 Excel")
@click.option("--file", metavar="文件", type=_FILE, help="装这个加载项；不给则现做一个。")
@_JSON
def install(file: Path | None, as_json: bool) -> None:
    """放到 Excel 启动时自动打开的文件夹，再开 Excel 就有按钮；菜单里放“质量强市”窗口和命令行。

    没有 Excel 的 Linux 只放应用菜单里的窗口，和 ~/.local/bin 里的 qcity。
    """
    from qcity_xl.addin.entries import NoEntries, place_entries
    from qcity_xl.addin.install import install as place
    from qcity_xl.addin.machine import EXCEL_RUNS_ON, this_machine

    machine = this_machine()
    wanted = machine.platform in EXCEL_RUNS_ON or file is not None
    placed = place(machine, sys.executable, file) if wanted else []
    try:
        placed += place_entries(machine, Path(sys.executable))
    except NoEntries as error:  # buttons and commands work without
        click.echo(str(error), err=True)
    _files("已安装", placed, as_json)


@addin.command(short_help="从 Excel 卸下")
@_JSON
def uninstall(as_json: bool) -> None:
    """取走安装时放的文件，别的一概不动。"""
    from qcity_xl.addin.entries import take_entries
    from qcity_xl.addin.install import uninstall as take
    from qcity_xl.addin.machine import EXCEL_RUNS_ON, this_machine

    machine = this_machine()
    taken = take(machine) if machine.platform in EXCEL_RUNS_ON else []
    _files("已卸下", [*taken, *take_entries(machine)], as_json)


@addin.command(short_help="自检")
@click.argument("master", metavar="[总表]", type=_FILE, required=False)
@_JSON
def doctor(master: Path | None, as_json: bool) -> None:
    """逐项检查按钮能不能用，有毛病的说明怎么修；给出总表则连邮件设置一起查。"""
    from qcity_xl.addin.doctor import as_lines, examine
    from qcity_xl.addin.machine import this_machine

    checks = examine(this_machine(), None if master is None else _settings(master))
    data = {
        "checks": [{"name": c.name, "ok": c.ok, "found": c.found, "fix": c.fix} for c in checks]
    }
    _say(as_lines(checks), data, as_json)
    click.get_current_context().exit(0 if all(c.ok for c in checks) else 1)


@addin.command(short_help="查 Excel 的脾气")
@_JSON
def probe(as_json: bool) -> None:
    """另开一个 Excel，在临时工作簿里试它的脾气，和本工具以为的对照；您的文件一概不碰。"""
    from qcity_xl.addin.probe import look, own_program, program_of, scratch_in

    with own_program() as app, scratch_in(app) as book:
        program, found = program_of(app), list(look(book))
    rows = [{"name": f.name, "believed": f.believed, "seen": f.seen} for f in found]
    words = [finding.line for finding in found]
    _say([program, *words], {"program": program, "manners": rows}, as_json)


@addin.command(short_help="给有 Excel 的人试用")
@click.option("--out", metavar="文件夹", type=_OUT, required=True, help="放在哪个文件夹。")
@_JSON
def trial(out: Path, as_json: bool) -> None:
    """做一个“Excel试用.xlsx”：照着做、照着勾，点“自检”记下程序看到的，约 35 分钟。"""
    from qcity_xl.addin.trial import write_trial

    _files("已生成", [write_trial(out)], as_json)


@addin.command(short_help="离线安装包")
@click.option("--out", metavar="文件夹", type=_OUT, required=True, help="新建的文件夹。")
@click.option("--project", metavar="文件夹", type=_OUT, default=".", help="项目文件夹。")
@click.option(
    "--python",
    metavar="版本",
    type=click.Choice(["3.11", "3.12", "3.13", "3.14"]),
    default="3.11",
    help="目标电脑上的 Python，如 3.12；不给则 3.11。",
)
@_JSON
def bundle(out: Path, project: Path, python: str, as_json: bool) -> None:
    """做一个 Windows 离线安装文件夹：双击里面的 install.cmd，不用上网就能装好。"""
    from qcity_xl.addin.bundle import bundle as gather

    _files("已备齐", gather(project, out, python), as_json)


def _settings(master: Path) -> Iterable[Mapping[str, "Value"]]:
    from qcity_xl.adapters.master_file.workbook import WorkbookFile
    from qcity_xl.core.schema import SETTINGS

    return WorkbookFile.open(master).master.rows(SETTINGS).values()


def _files(done: str, paths: Iterable[Path], as_json: bool) -> None:
    names = [str(path) for path in paths]
    _say([f"{done}{len(names)}个文件：", *(f"  {n}" for n in names)], {"files": names}, as_json)


def _say(lines: Iterable[str], data: object, as_json: bool) -> None:
    click.echo(json.dumps(data, ensure_ascii=False) if as_json else "\n".join(lines))
