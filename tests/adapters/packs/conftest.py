"""The round of tests/returns: a master, and the packs that it sent."""

from tests.returns.conftest import sent

__all__ = ["sent"]
