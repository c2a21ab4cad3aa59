"""The command line: one command for each step; a command body opens, calls, prints."""

import datetime as dt
import getpass
import json
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from qcity_xl import __version__
from qcity_xl.adapters.terminal import ChineseGroup
from qcity_xl.steps.report import Context, Report

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])

_MASTER = click.argument("master", metavar="总表", type=click.Path(path_type=Path, dir_okay=False))


@click.group(cls=ChineseGroup)
@click.version_option(__version__, "--version", help="显示版本。", message="qcity_xl %(version)s")
def main() -> None:
    """质量强市：一张总表，拆分下发、合并回收、重算得分、清点佐证。

    常用顺序：new、check、score、evidence、split、merge、resolve。

    每个写总表的命令都可以加 --dry-run 先看结果，事后用 undo 撤销。
    """


def _common(command: F) -> F:
    """--json and --dry-run, which every writing command has."""
    command = click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象。")(
        command
    )
    return click.option("--dry-run", is_flag=True, help="只看结果，什么都不写。")(command)


@main.command(short_help="新建总表")
@_MASTER
@click.option(
    "--from",
    "document",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    help="本市的任务分解表（.docx 或 .txt）；不给则用内置的表。",
)
@_common
def new(master: Path, document: Path | None, as_json: bool, dry_run: bool) -> None:
    """新建总表。加 --from 时只用那份文件的内容，读到什么、推断什么、剩下什么都列出来。"""
    from qcity_xl.steps.new import new as step

    _show(
        step(
            master, _context(dry_run, as_json), master_id=uuid.uuid4().hex[:12], document=document
        ),
        as_json,
        dry_run,
    )


@main.command(short_help="检查总表")
@_MASTER
@_common
def check(master: Path, as_json: bool, dry_run: bool) -> None:
    """检查总表，问题列在「问题」表，点“转到”可跳到那一格。"""
    from qcity_xl.steps.check import check as step

    _show(step(master, _context(dry_run, as_json)), as_json, dry_run)


@main.command(short_help="重算得分")
@_MASTER
@_common
def score(master: Path, as_json: bool, dry_run: bool) -> None:
    """重算自评、佐证、核定三种得分和最高可得，每个得分都写明理由。"""
    from qcity_xl.steps.score import score as step

    _show(step(master, _context(dry_run, as_json)), as_json, dry_run)


@main.command(short_help="标记缺失佐证")
@_MASTER
@_common
def evidence(master: Path, as_json: bool, dry_run: bool) -> None:
    """按验收方式和周期清点佐证，缺什么、哪份有毛病都标出来。"""
    from qcity_xl.steps.score import evidence as step

    _show(step(master, _context(dry_run, as_json)), as_json, dry_run)


@main.command(short_help="拆分下发")
@_MASTER
@click.option(
    "--out",
    metavar="文件夹",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="填报表放在哪里。",
)
@click.option(
    "--round", "round_name", metavar="轮次", default="", help="轮次名；不给则自动取下一轮。"
)
@click.option("--unit", "units", metavar="单位", multiple=True, help="只给这个单位；可以写多次。")
@_common
def split(
    master: Path,
    out: Path,
    round_name: str,
    units: tuple[str, ...],
    as_json: bool,
    dry_run: bool,
) -> None:
    """给每个责任单位生成一份填报表，并记入「轮次」。"""
    from qcity_xl.steps.split import split as step

    report = step(master, out, _context(dry_run, as_json), round_name=round_name, units=units)
    _show(report, as_json, dry_run)


@main.command(short_help="合并回收")
@_MASTER
@click.argument(
    "sources",
    metavar="回收件或文件夹...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True),
)
@_common
def merge(master: Path, sources: tuple[Path, ...], as_json: bool, dry_run: bool) -> None:
    """把回收的填报表合并进总表。文件叫什么名都行，文件夹里的全部都看。"""
    from qcity_xl.steps.merge import merge as step

    _show(step(master, sources, _context(dry_run, as_json)), as_json, dry_run)


@main.command(short_help="处理冲突")
@_MASTER
@_common
def resolve(master: Path, as_json: bool, dry_run: bool) -> None:
    """按「冲突」表里选的处理方式改总表。"""
    from qcity_xl.steps.resolve import resolve as step

    _show(step(master, _context(dry_run, as_json)), as_json, dry_run)


@main.command(short_help="查看日志")
@_MASTER
@click.option("--verify", is_flag=True, help="核对日志有没有被改、被删、换序。")
@click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象。")
def log(master: Path, verify: bool, as_json: bool) -> None:
    """列出做过的操作。"""
    from qcity_xl.steps.history import log as step

    _show(step(master, check=verify), as_json)


@main.command(short_help="撤销上次操作")
@_MASTER
@_common
def undo(master: Path, as_json: bool, dry_run: bool) -> None:
    """撤销最近一次操作；之后又改过的格子不动，并列出来。"""
    from qcity_xl.steps.history import undo as step

    _show(step(master, _context(dry_run, as_json)), as_json, dry_run)


@main.command(short_help="演示一整轮")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象。")
def demo(folder: Path, as_json: bool) -> None:
    """用内置的表走完一整轮，模拟十二份回收件，所有文件留下来看。"""
    from qcity_xl.steps.demo import demo as step

    _show(step(folder, _context(False, as_json)), as_json)


def _context(dry_run: bool, as_json: bool) -> Context:
    progress = _progress if not as_json else _quiet
    return Context(dt.datetime.now(), _user(), dry_run, progress)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such name on this machine
        return "未知"


def _progress(items: Sequence[T], title: str) -> Iterator[T]:
    """A bar on standard error, on a terminal alone."""
    stderr = sys.stderr
    with click.progressbar(items, label=title, file=stderr, hidden=not stderr.isatty()) as bar:
        yield from bar


def _quiet(items: Sequence[T], title: str) -> Iterator[T]:  # noqa: ARG001 - the form of Progress
    return iter(items)


def _show(report: Report, as_json: bool, dry_run: bool = False) -> None:
    if as_json:
        click.echo(json.dumps(report.data, ensure_ascii=False))
    else:
        click.echo("\n".join([*(["【预演，没有写入】"] if dry_run else []), *report.lines]))
    click.get_current_context().exit(report.status)


__all__ = ["main"]
