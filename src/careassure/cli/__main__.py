"""``python -m careassure.cli``."""

import sys

from careassure.cli import main

sys.exit(main())
