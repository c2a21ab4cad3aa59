"""Clicks on xlwings' own Windows engine, over a small model of Excel that refuses more than Excel.

`wire` counts, refuses and delays every call; `cells` says what a cell makes of a value; `objects`
has the part of Excel's object model that the product uses; `attach` puts stand-ins for pywin32
under xlwings, whose own files run unchanged. RULES.md lists what is believed of Excel, and why.
"""
