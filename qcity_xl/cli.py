"""The command line: one command for each step; a command body opens, calls, prints."""

import datetime as dt
import json
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qcity_xl import __version__
from qcity_xl.adapters.terminal import ChineseGroup
from qcity_xl.adapters.user import user_name
from qcity_xl.addin.cli import addin
from qcity_xl.steps.shared.outcome import Context, Report

if TYPE_CHECKING:
    from qcity_xl.steps.shared.mail_orders import Orders

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])

_MASTER = click.argument("master", metavar="总表", type=click.Path(path_type=Path, dir_okay=False))
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(cls=ChineseGroup)
@click.version_option(__version__, "--version", help="显示版本。", message="qcity_xl %(version)s")
def main() -> None:
    """质量强市：一张总表，拆分下发、合并回收、重算得分、清点佐证。

    常用顺序：new、check、score、evidence、split、send、collect、merge、resolve、chase。

    每个写总表的命令都可以加 --dry-run 先看结果，事后用 undo 撤销。
    """


def _common(command: F) -> F:
    """--json, --dry-run and --force, which every writing command has."""
    command = click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象。")(
        command
    )
    command = click.option(
        "--force",
        is_flag=True,
        expose_value=False,
        callback=_remember,
        help="总表带有数字签名也写（签名会失效）。",
    )(command)
    return click.option("--dry-run", is_flag=True, help="只看结果，什么都不写。")(command)


def _remember(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Keep an option's value for `_context`: no command has a use of its own for it."""
    ctx.meta[f"{__name__}.{param.name}"] = value


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


@main.command(short_help="得分理由")
@_MASTER
@click.argument("subject", metavar="编号")
@click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象。")
def why(master: Path, subject: str, as_json: bool) -> None:
    """说明一个得分点（如 13(3)）或一个指标（如 13）为什么得这些分；不写总表。"""
    from qcity_xl.steps.why import why as step

    _show(step(master, subject), as_json)


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


def _mailing(command: F) -> F:
    """What sending and chasing have in common: the round, the way, whether to really go."""
    options = (
        click.option(
            "--round", "round_name", metavar="轮次", default="", help="不给则是最近一轮。"
        ),
        click.option("--unit", "units", metavar="单位", multiple=True, help="只发这个；可写多次。"),
        click.option("--eml", metavar="文件夹", type=_FOLDER, help="存成 .eml 草稿，不发送。"),
        click.option("--smtp", is_flag=True, help="用「设置」里的发送服务器发送。"),
        click.option("--outlook", is_flag=True, help="用本机 Outlook 发送（只限 Windows）。"),
        click.option("--draft", is_flag=True, help="与 --outlook 合用：只存进草稿箱。"),
        click.option("--yes", is_flag=True, help="真正发送；不加只预览。"),
        click.option("--resend", metavar="单位", multiple=True, help="给它再发一次；可写多次。"),
    )
    for option in reversed(options):
        command = option(command)
    return command


@main.command(short_help="发送填报表")
@_MASTER
@_mailing
@click.option("--packs", metavar="文件夹", type=_FOLDER, help="填报表原件所在；不给则用存档。")
@_common
def send(master: Path, packs: Path | None, as_json: bool, dry_run: bool, **asked: Any) -> None:
    """把一轮的填报表发到各单位邮箱。先预览，加 --yes 才发；发过的不会再发。

    拿不准是否送达的标为“待核实”，问过单位后用 --resend 重发。密码见 docs/邮件设置.md。
    """
    from qcity_xl.steps.send import send as step

    _show(step(master, _context(dry_run, as_json), _orders(packs=packs, **asked)), as_json, dry_run)


@main.command(short_help="催办")
@_MASTER
@_mailing
@click.option("--word", metavar="文件夹", type=_FOLDER, help="另存 Word 函件和未报送名单。")
@_common
def chase(master: Path, word: Path | None, as_json: bool, dry_run: bool, **asked: Any) -> None:
    """列出没报、没报全的单位；按逾期天数发提醒、催办、督办，每级只发一次，休息日不发。"""
    from qcity_xl.steps.chase import chase as step

    report = step(master, _context(dry_run, as_json), _orders(**asked), word=word)
    _show(report, as_json, dry_run)


@main.command(short_help="收件")
@_MASTER
@click.option("--imap", is_flag=True, help="收「设置」里的邮箱；邮件不删、不移、不标已读。")
@click.option(
    "--folder",
    metavar="文件夹",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="收一个文件夹，里面可以有另存的 .eml、.msg 邮件。",
)
@click.option("--since", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="只看这天及以后。")
@_common
def collect(
    master: Path,
    imap: bool,
    folder: Path | None,
    since: dt.datetime | None,
    as_json: bool,
    dry_run: bool,
) -> None:
    """取出寄回的填报表存档，按内容认表；用不了的说明原因。接着用 merge 合并。"""
    from qcity_xl.steps.collect import collect as step

    if not imap and folder is None:
        raise click.UsageError("请写明从哪里收：--imap 或 --folder")
    day = since.date() if since else None
    context = _context(dry_run, as_json)
    _show(step(master, context, folder=folder, imap=imap, since=day), as_json, dry_run)


def _orders(
    *,
    round_name: str,
    units: tuple[str, ...],
    resend: tuple[str, ...],
    eml: Path | None,
    smtp: bool,
    outlook: bool,
    draft: bool,
    yes: bool,
    packs: Path | None = None,
) -> "Orders":
    """What the options ask for; at most one way."""
    from qcity_xl.adapters.mail.ways import Way, eml_way, outlook_way, smtp_way
    from qcity_xl.steps.shared.mail_orders import Orders

    ways: list[Way] = [eml_way(eml)] if eml else []
    ways += [smtp_way()] if smtp else []
    ways += [outlook_way(draft=draft)] if outlook else []
    if len(ways) > 1:
        raise click.UsageError("--eml、--smtp、--outlook 一次只选一个")
    return Orders(round_name, units, resend, ways[0] if ways else None, go=yes, packs=packs)


@main.command(short_help="合并回收")
@_MASTER
@click.argument(
    "sources",
    metavar="回收件或文件夹...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True),
)
@click.option(
    "--reply",
    metavar="文件夹",
    type=click.Path(path_type=Path, file_okay=False),
    help="没有采用、没有读到的，写成标好的填报表放在这里，退回单位改。",
)
@_common
def merge(
    master: Path, sources: tuple[Path, ...], reply: Path | None, as_json: bool, dry_run: bool
) -> None:
    """把回收的填报表合并进总表。文件叫什么名都行，文件夹里的全部都看。"""
    from qcity_xl.steps.merge import merge as step

    _show(step(master, sources, _context(dry_run, as_json), reply=reply), as_json, dry_run)


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


@main.command(short_help="撤销一次操作")
@_MASTER
@click.option(
    "--operation",
    metavar="操作号",
    type=click.IntRange(min=1),
    help="撤销哪一次，见 log；不给则是最近一次。给某次撤销的操作号就是重做。",
)
@_common
def undo(master: Path, operation: int | None, as_json: bool, dry_run: bool) -> None:
    """撤销一次操作；之后又改过的格子不动，并逐格列出被哪次操作改过。"""
    from qcity_xl.steps.history import undo as step

    _show(step(master, _context(dry_run, as_json), operation), as_json, dry_run)


@main.command(short_help="演示一整轮")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="只输出一个 JSON 对象。")
def demo(folder: Path, as_json: bool) -> None:
    """用内置的表走完一整轮，模拟十二份回收件，所有文件留下来看。"""
    from qcity_xl.steps.demo import demo as step

    _show(step(folder, _context(False, as_json)), as_json)


main.add_command(addin)


def _context(dry_run: bool, as_json: bool) -> Context:
    progress = _progress if not as_json else _quiet
    force = bool(click.get_current_context().meta.get(f"{__name__}.force"))
    return Context(dt.datetime.now(), user_name(), dry_run, progress, force)


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
