"""The office and the servers of tests/mail."""

from tests.mail.conftest import by_smtp, certificate, imap, office, post, prepared, smtp, trusted

__all__ = ["by_smtp", "certificate", "imap", "office", "post", "prepared", "smtp", "trusted"]
