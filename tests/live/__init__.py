"""The ribbon's callbacks on a workbook that is open in a live spreadsheet program."""
