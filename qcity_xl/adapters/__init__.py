"""Everything outside: documents, workbooks, the side folder."""
