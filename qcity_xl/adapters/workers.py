"""Work on many things alike: in this process, or on a Dask cluster that is there already.

The work is a function of a module of this package, from one value to another, both of which can be
pickled: a worker gets bytes or a place on storage, never an editor.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from qcity_xl import __version__
from qcity_xl.core.errors import QcityError

if TYPE_CHECKING:
    from distributed import Client, Future, Security

A = TypeVar("A")
B = TypeVar("B")
_SECONDS = 10  # to reach a scheduler, and for its first worker
_LOOK = 15  # seconds after which a result that has not come makes us look for workers
_EACH = 3  # pieces of work that lie ready for each thread of the cluster, so that none waits


class Workers(Protocol):
    """Whoever does the work."""

    def map(self, work: Callable[[A], B], items: Iterable[A]) -> Iterator[tuple[A, B]]:
        """Each item with what the work makes of it, in their order; few are held at a time."""


class Here:
    """This process: an item is asked for, worked on and handed out before the next."""

    def map(self, work: Callable[[A], B], items: Iterable[A]) -> Iterator[tuple[A, B]]:
        """Each item with what the work makes of it."""
        return ((item, work(item)) for item in items)


HERE = Here()


class NoCluster(QcityError):
    """The cluster that was named can't be used, or is gone."""

    def __init__(self, address: str, why: str) -> None:
        """Say why, and how to go on without."""
        super().__init__(
            f"集群“{address}”{why}，没有往下做，总表没有改动。"
            "请核对地址、请管理员检查集群；不用集群就在本机做，结果一样。"
        )


class OtherVersion(QcityError):
    """A worker runs this program in another version."""

    def __init__(self, there: str, here: str) -> None:
        """Say both."""
        super().__init__(
            f"集群上装的是 qcity_xl {there}，本机是 {here}，结果可能不同，没有往下做，"
            "总表没有改动。请把各台机器装成同一版本；不用集群就在本机做。"
        )


@contextmanager
def workers(address: str) -> Iterator[Workers]:
    """The cluster whose scheduler is at this address; this process without one. Raises NoCluster.

    Whatever stops the block, what the cluster still has to do is given up.
    """
    if not address:
        yield HERE
        return
    import asyncio  # these load for long, and most commands need none of them
    import logging

    try:
        import dask
        from distributed import Client, Security
    except ImportError as error:
        raise NoCluster(address, "用不了：本机没有装 qcity-xl[cluster] 要的 distributed") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it would print tracebacks
    quiet = {"distributed.admin.large-graph-warning-threshold": "1GB"}  # a file may be 50 MB
    with dask.config.set(quiet):
        security = Security()
        try:  # a client that finds nobody says so on standard error, and late
            asyncio.run(_reach(address, security))
        except (OSError, ValueError) as error:
            raise NoCluster(address, "连不上") from error
        with Client(address, security=security, timeout=_SECONDS, set_as_default=False) as client:
            yield _Cluster(address, client)


async def _reach(address: str, security: "Security") -> None:
    """Raises OSError where no scheduler answers, ValueError for what is no address."""
    from distributed import connect

    comm = await connect(address, timeout=_SECONDS, **security.get_connection_args("client"))
    await comm.close()


class _Cluster:
    def __init__(self, address: str, client: "Client") -> None:
        self._address, self._client = address, client
        try:
            client.wait_for_workers(1, timeout=_SECONDS)
        except TimeoutError as error:
            raise NoCluster(address, "里没有一个工作进程") from error
        self._most = _EACH * max(sum(client.nthreads().values()), 1)

    def map(self, work: Callable[[A], B], items: Iterable[A]) -> Iterator[tuple[A, B]]:
        waiting: deque[tuple[A, Future[B]]] = deque()
        for item in items:
            # Impure: the same work on the same item may not be answered from an earlier run.
            future = self._client.submit(_work, __version__, work, item, pure=False)
            waiting.append((item, future))
            if len(waiting) >= self._most:
                yield self._done(work, *waiting.popleft())
        while waiting:
            yield self._done(work, *waiting.popleft())

    def _done(self, work: Callable[[A], B], item: A, future: "Future[B]") -> tuple[A, B]:
        """The item and its result; what a worker had that died, another one does."""
        from distributed import CancelledError, KilledWorker

        while True:
            try:
                return item, future.result(timeout=_LOOK)
            except TimeoutError as error:
                if not self._client.nthreads():
                    raise NoCluster(self._address, "里的工作进程都没有了") from error
            except KilledWorker:  # several workers died of it: as without a cluster, it is ours
                return item, work(item)
            except (CancelledError, OSError, RuntimeError, ImportError, AttributeError) as error:
                why = f"没有做成（{type(error).__name__}；断了线，或机器上装的程序与本机不同）"
                raise NoCluster(self._address, why) from error


def _work(version: str, work: Callable[[A], B], item: A) -> B:
    """What a worker does; the program of another version might find something else."""
    if version != __version__:
        raise OtherVersion(__version__, version)
    return work(item)
