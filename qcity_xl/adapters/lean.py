"""Libraries without the large ones that they take if they find them: a click waits for imports."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(*names: str) -> Iterator[None]:
    """What is imported inside finds none of these, unless something else has loaded them."""
    kept = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(kept))  # type: ignore[arg-type]  # None: not to be found
    try:
        yield
    finally:
        for name in kept:
            sys.modules.pop(name, None)
