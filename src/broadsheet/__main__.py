"""`python -m broadsheet`."""

import sys

from broadsheet.ops.cli import main

sys.exit(main())
