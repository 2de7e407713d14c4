"""Whether Spark can be tried on this machine, and a Spark that is quick for small tables."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest


def has_java() -> bool:
    """Whether Spark can start. Where it must, CAREASSURE_REQUIRE_SPARK is set, and it is not asked."""
    if os.environ.get("CAREASSURE_REQUIRE_SPARK"):
        return True
    java = shutil.which("java")
    return java is not None and not subprocess.run([java, "-version"], capture_output=True, check=False).returncode


needs_java = pytest.mark.skipif(not has_java(), reason="Spark needs Java 17 or newer, which is not on this machine")
SPARK = [needs_java, pytest.mark.slow, pytest.mark.xdist_group("spark")]
"""The marks of a test on Spark: one session, and so one process, is enough for all of them."""


# -- Spark for small tables ------------------------------------------------------------------------------

LEFT_OUT = (
    *("kubernetes-", "spark-kubernetes", "spark-yarn", "volcano-", "vertx-", "jjwt-", "zjsonpatch"),  # clusters
    *("hive-", "spark-hive", "datanucleus-", "derby", "jdo-api", "javax.jdo", "HikariCP", "javolution"),
    *("spark-mllib_", "spark-graphx", "breeze", "spire", "algebra", "cats-", "arpack", "lapack", "blas"),
    *("JTransforms", "JLargeArrays", "spark-repl", "spark-connect", "jline", "rocksdbjni", "super-csv", "opencsv"),
)
"""What the names of libraries begin with that no table needs. Java looks each class up in one library after the other,
which took a tenth of the time of all tests on Spark; one that is new, or has another name, is simply there."""
SETTINGS = {
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "3",
    "spark.sql.files.openCostInBytes": "0",  # small files do not make one partition
    "spark.sql.files.minPartitionNum": "3",
    "spark.sql.adaptive.enabled": "false",  # planning anew after each shuffle costs more than these tables do
    "spark.python.sql.dataFrameDebugging.enabled": "false",  # else each part of an expression asks where it stands
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.log.level": "ERROR",
    # Most of a test is Java that runs for the first time: compile it lightly, give it room from the start, and believe
    # the libraries that they are sound.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms1500m -Xmn900m"
    " -XX:MetaspaceSize=400m -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote",
}


@cache
def spark_home() -> Path:
    """A folder for ``SPARK_HOME``: the Spark that is installed, without `LEFT_OUT` and with `SETTINGS`."""
    found = find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    installed, home = Path(found.origin).parent, Path(mkdtemp(prefix="spark-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    (home / "bin").symlink_to(installed / "bin")
    for folder in ("jars", "conf"):
        (home / folder).mkdir()
    for path in (installed / "jars").glob("*.jar"):
        if not path.name.startswith(LEFT_OUT):
            (home / "jars" / path.name).symlink_to(path)
    lines = [f"{name} {value}\n" for name, value in SETTINGS.items()]
    (home / "conf" / "spark-defaults.conf").write_text("".join(lines), encoding="utf-8")
    return home
