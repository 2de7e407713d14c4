"""``python -m careassure``."""

import sys

from careassure.cli import main

sys.exit(main())
