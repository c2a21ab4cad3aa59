"""汇总: many masters side by side, read one by one and never written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qcity_xl.adapters.disk import load_bytes
from qcity_xl.adapters.master_file.reading import read_master
from qcity_xl.adapters.storage import Location, Stored, files_under, put
from qcity_xl.adapters.workers import workers
from qcity_xl.core.errors import NothingToDo, QcityError
from qcity_xl.core.master.formula_values import SCORES
from qcity_xl.core.reports.comparison import City, city_of
from qcity_xl.core.schema.history import SCORE_NAMES
from qcity_xl.steps.shared.outcome import DONE, LEFT, Column, Context, Count, Outcome, Section
from qcity_xl.steps.shared.report_data import CityData, RollupData
from qcity_xl.steps.shared.score_data import Total

_ENDINGS = (".xlsx", ".xlsm")
_SHOWN = 15


@dataclass(frozen=True, slots=True)
class _Unread:
    """A file before anybody looked into it: its place, its name without folders, and its content,
    why it has none, or where on storage it lies: who reads it fetches it.
    """

    file: str
    name: str
    data: bytes | Stored | QcityError = field(repr=False)


def rollup(
    target: Location,
    context: Context,
    more: Sequence[Location] = (),
    out: Location | None = None,
    scheduler: str = "",
) -> Outcome[RollupData]:
    """Compare masters: files, and all workbooks in folders. `out` is a workbook to write.

    They are read on the cluster of this scheduler, if one is named. A workbook that is no master is
    told and stops nothing. Raises NothingToDo, NoCluster, CannotWrite.
    """
    cities: list[City] = []
    lost: list[tuple[str, str]] = []
    files = context.progress(list(_files([target, *more])), "读取总表")
    with workers(scheduler) as pool:
        for unread, found in pool.map(_city, map(_unread, files)):
            if isinstance(found, City):
                cities.append(found)
            else:
                lost.append((unread.file, found))
    if not cities:
        why = f"（{lost[0][1]}）" if lost else ""
        raise NothingToDo(f"没有读到一份总表{why}。请选各市的总表，或放总表的文件夹。")
    cities.sort(key=lambda city: (-(city.basic["evidenced"] or 0.0), city.name))
    written = []
    if out is not None:
        from qcity_xl.adapters.reports.cities import cities_book  # pandas is paid for here alone

        put(out, cities_book(cities, lost))
        written.append(str(out))
    return _told(cities, lost, written)


def _unread(path: Location) -> _Unread:
    try:
        data = path if isinstance(path, Stored) else load_bytes(path)
        return _Unread(str(path), path.name, data)
    except QcityError as error:
        return _Unread(str(path), path.name, error)


def _city(unread: _Unread) -> City | str:
    """The city of a master, or why the file is none."""
    try:
        if isinstance(unread.data, QcityError):
            raise unread.data
        data = unread.data.read() if isinstance(unread.data, Stored) else unread.data
        master = read_master(data, unread.name)
    except QcityError as error:
        return str(error)
    return city_of(master, unread.file, Path(unread.name).stem)


def _files(places: Sequence[Location]) -> Iterator[Location]:
    seen: set[Location] = set()
    for place in places:
        inside = [place]
        if place.is_dir():
            inside = [path for path in files_under(place) if path.suffix.lower() in _ENDINGS]
        for path in inside:
            known = path if isinstance(path, Stored) else path.resolve()
            if known not in seen:
                seen.add(known)
                yield path


def _told(cities: list[City], lost: list[tuple[str, str]], files: list[str]) -> Outcome[RollupData]:
    columns = (
        Column("城市", "label"),
        *(Column(name, "points") for name in SCORE_NAMES.values()),
        *(Column("缺佐证", "count", "个"), Column("完成", "text"), Column("红灯", "count", "项")),
    )
    rows = tuple(
        (
            city.name,
            *(city.basic[name] for name in SCORES),
            *(city.lacking, f"{city.finished}/{city.tasks}", city.red),
        )
        for city in cities
    )
    return Outcome(
        "各市汇总",
        {
            "cities": [_data(city) for city in cities],
            "unreadable": [{"file": file, "reason": reason} for file, reason in lost],
            "files": files,
        },
        LEFT if lost else DONE,
        (
            Count("总表", len(cities), "份"),
            *((Count("没有读成", len(lost), "份"),) if lost else ()),
        ),
        (
            Section("", columns, rows, most=40),
            Section("没有读成", (Column("文件"), Column("原因", "note")), tuple(lost), most=_SHOWN),
            Section("生成的文件", (Column("文件"),), tuple((name,) for name in files)),
        ),
    )


def _data(city: City) -> CityData:
    def total(name: str) -> Total:
        return {"points": city.basic[name], "bonus": city.bonus[name]}

    return {
        "master": city.file,
        "city": city.name,
        "round": city.round,
        "claimed": total("claimed"),
        "evidenced": total("evidenced"),
        "reviewed": total("reviewed"),
        "ceiling": total("ceiling"),
        "lacking": city.lacking,
        "tasks": city.tasks,
        "finished": city.finished,
        "red": city.red,
        "yellow": city.yellow,
    }
