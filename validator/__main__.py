"""`python -m validator`."""

from .cli import main

main()
