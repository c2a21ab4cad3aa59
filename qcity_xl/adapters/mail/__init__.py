"""Mail out (SMTP, .eml drafts, Outlook) and in (IMAP, saved messages and their attachments)."""
