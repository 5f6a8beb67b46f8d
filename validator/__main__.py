"""`python -m validator`."""

from .cli.main import main

main()
