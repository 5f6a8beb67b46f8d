"""`python -m validator`."""

from .cli.start import main

main()
