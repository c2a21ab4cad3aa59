"""The workbook open in Excel, through xlwings, and the windows of a click."""
