"""Data can be checked by a plain script: no reader of it pulls Django in."""

import os
import subprocess
import sys
from pathlib import Path

import keqiao

SCRIPT = """
import sys
from keqiao.conformity import clauses
from keqiao.catalogue.shipped import catalogue
from keqiao.engagement.contracting.contract_parts import parts
from keqiao.engagement.delivery.surveys import satisfaction
from keqiao.enterprises.reference import industries, regions, sizes
from pathlib import Path
import keqiao
own = sorted(Path(keqiao.__file__).parent.glob("*/evidence.yaml"))
assert clauses.load_from(folder=clauses.HERE, apps=tuple(own))
for reader in (catalogue, satisfaction, industries, regions, sizes):
    assert reader.load()
assert parts.templates(family="5.1")
print("django" in sys.modules)
"""


def test_readers_do_not_import_django():
    source = str(Path(keqiao.__file__).parents[1])
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "False\n"
