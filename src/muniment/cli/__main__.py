"""`python -m muniment.cli` is `muniment`."""

from muniment.cli import main

main()
