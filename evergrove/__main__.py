"""`python -m evergrove` is the command `evergrove`."""

import sys

from evergrove.cli import main

sys.exit(main())
