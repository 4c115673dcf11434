"""`python -m copilot` is `heleklant`."""

from copilot.cli import main

main()
