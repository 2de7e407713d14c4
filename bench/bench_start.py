"""What it costs to import the package and to start the command line."""

from __future__ import annotations

from timing import compare, process

BARE = process("-c", "pass")
compare("import careassure", process("-c", "import careassure"), "import attrs", process("-c", "import attrs"), 1.5)
compare(
    "import careassure and take the model",
    process("-c", "from careassure import Assessment, Outcome, Framework, Scale"),
    "import attrs",
    process("-c", "import attrs"),
    3,
)
compare("careassure --help", process("-m", "careassure", "--help"), "bare Python", BARE, 4)
compare(
    "careassure assess 3 3 4 3 4 4 3 4 4",
    process("-m", "careassure", "assess", *"334344344"),
    "bare Python",
    BARE,
    9,
)
