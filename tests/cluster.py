"""A Dask cluster of processes on this machine, and the mishaps that workers have."""

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
_WORKERS = 3
_WORKED_ON = ("", "生成填报表", "读取回收件", "读取总表", "写目录")  # what the cluster does


@dataclass(frozen=True)
class Cluster:
    """Three worker processes of one thread each; one that dies is started anew."""

    address: str
    client: "Client"

    def pids(self) -> list[int]:
        """Those of the workers."""
        return sorted(self.client.run(os.getpid).values())

    def in_trouble(
        self,
        items: Sequence[T],
        title: str,
        sizes: Sequence[int] = (),  # noqa: ARG002 - the form of Progress
    ) -> Iterator[T]:
        """Progress of a step: while it goes on, one worker is slow, and another one is killed."""
        if title not in _WORKED_ON:
            yield from items
            return
        killed, slow, *_ = self.pids()
        with _slow(slow):
            for number, item in enumerate(items):
                if number == len(items) // 2:
                    os.kill(killed, signal.SIGKILL)
                yield item
        assert killed not in self.pids()


@contextmanager
def _slow(pid: int) -> Iterator[None]:
    """It gets a tenth of the time: stopped by the system, again and again."""
    over = threading.Event()

    def brake() -> None:
        while not over.wait(0.02):
            os.kill(pid, signal.SIGSTOP)
            over.wait(0.18)
            os.kill(pid, signal.SIGCONT)

    thread = threading.Thread(target=brake)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """It runs while the tests of a module do."""
    from distributed import Client, LocalCluster  # slow to import: only who runs it pays

    with (
        LocalCluster(n_workers=_WORKERS, threads_per_worker=1, dashboard_address=":0") as made,
        Client(made.scheduler_address, set_as_default=False) as client,
    ):
        yield Cluster(made.scheduler_address, client)
