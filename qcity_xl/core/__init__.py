"""Values in, values out: no files, no Excel, no mail, no clock."""
