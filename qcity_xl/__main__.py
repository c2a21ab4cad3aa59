"""`python -m qcity_xl` is the command `qcity`."""

from qcity_xl.cli import main

main()
