"""The same results in the same order, whoever does the work and whatever happens to them."""

import os
import sys
from collections.abc import Iterator

import pytest

from qcity_xl.adapters import workers as module
from qcity_xl.adapters.workers import HERE, NoCluster, OtherVersion, workers
from qcity_xl.core.errors import FileUnreadable
from tests.cluster import Cluster, cluster

__all__ = ["cluster"]


def square(number: int) -> int:
    return number * number


def fails(number: int) -> int:
    if number == 3:
        raise FileUnreadable(f"{number}.xlsx", "磁盘读写出错")
    return number


def deadly(number: int) -> int:
    """Ends every worker that is given a 7."""
    from distributed import get_worker  # slow to import

    try:
        get_worker()
    except ValueError:
        return -number
    if number == 7:
        os._exit(1)
    return -number


def test_a_worker_may_die_and_another_be_slow(cluster: Cluster) -> None:
    numbers = cluster.in_trouble(range(300), "")
    with workers(cluster.address) as pool:
        assert list(pool.map(square, numbers)) == list(HERE.map(square, range(300)))


def test_what_no_worker_survives_is_done_here(cluster: Cluster) -> None:
    with workers(cluster.address) as pool:
        assert list(pool.map(deadly, range(10))) == [(n, -n) for n in range(10)]


def test_a_cause_arrives_as_it_was_raised(cluster: Cluster) -> None:
    with workers(cluster.address) as pool, pytest.raises(FileUnreadable) as told:
        list(pool.map(fails, range(9)))
    assert str(told.value) == str(FileUnreadable("3.xlsx", "磁盘读写出错"))


def test_few_items_are_held_at_a_time(cluster: Cluster) -> None:
    asked: list[int] = []

    def counted() -> Iterator[int]:
        for number in range(100):
            asked.append(number)
            yield number

    with workers(cluster.address) as pool:
        ahead = [len(asked) - done for done, _ in pool.map(square, counted())]
    assert max(ahead) <= 3 * 3


def test_a_worker_of_another_version_is_told(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "__version__", "0.0.9")
    with (
        workers(cluster.address) as pool,
        pytest.raises(OtherVersion, match=r"集群上装的是 qcity_xl .*，本机是 0\.0\.9"),
    ):
        list(pool.map(square, [1]))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "集群", "foo://x:1"])
def test_nobody_there_is_told(
    address: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SECONDS", 1)
    with pytest.raises(NoCluster, match=f"集群“{address}”连不上"), workers(address):
        pass
    assert capfd.readouterr() == ("", "")


def test_a_cluster_without_workers_or_that_goes_away_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(module, "_SECONDS", 2)
    with LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        with pytest.raises(NoCluster, match="没有一个工作进程"), workers(empty.scheduler_address):
            pass
        empty.scale(1)
        empty.wait_for_workers(1)
        with (
            pytest.raises(NoCluster, match="没有做成"),
            workers(empty.scheduler_address) as pool,
        ):
            for number, _ in pool.map(square, range(100)):
                if number == 10:
                    empty.close()


def test_without_the_library_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match="没有装"), workers("tcp://127.0.0.1:8786"):
        pass
