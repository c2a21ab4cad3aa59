"""A script that does nothing yet: what importing openpyxl costs."""

import openpyxl as openpyxl
