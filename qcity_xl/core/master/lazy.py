"""Values by name, each made when it is first asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class Lazy(Mapping[str, T]):
    """A mapping of these names; `make` gives the value of one, and is asked once for each."""

    def __init__(self, names: Iterable[str], make: Callable[[str], T]) -> None:
        """Nothing is made yet."""
        self._names = dict.fromkeys(names)
        self._make = make
        self._made: dict[str, T] = {}
        self._given: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        """The value. KeyError for another name."""
        if name in self._given:
            return self._given[name]
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Whether it has a value, made or not."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._names)

    @property
    def made(self) -> dict[str, T]:
        """The values that are there by now."""
        return {**self._made, **self._given}

    def __reduce__(self) -> tuple[type[dict[str, T]], tuple[dict[str, T]]]:
        """What another process gets: all values, made here."""
        return dict, ({name: self[name] for name in self},)

    def updated(self, given: Mapping[str, T]) -> "Lazy[T]":
        """Another one with these values; those that neither has made are made once for both."""
        new = Lazy(self._names | dict.fromkeys(given), self._make)
        new._made = self._made
        new._given = {**self._given, **given}
        return new
