"""The disk is full, the folder is none, the process dies half-way: nothing half done is left in sight."""

import io
import os
import resource
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from keqiao.kernel.files import vault, vault_disk
from keqiao.kernel.files.file_errors import StoreFault, StoreFull
from keqiao.kernel.files.sealed_stream import CHUNK
from keqiao.kernel.models import Blob

CONTENT = b"0123456789abcdef" * (3 * CHUNK // 16)


def keep():
    return vault.store(file=io.BytesIO(CONTENT), name="a.txt", enterprise_id=1, level=1, actor_id=None)


def files(site):
    return sorted(path.name for path in (site / "vault").rglob("*") if path.is_file())


@pytest.fixture
def small_disk():
    """The kernel refuses to let a file grow past 100,000 bytes, as it would on a disk with no room left."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, before)


def test_a_full_disk_is_said_plainly_and_leaves_nothing(site, small_disk):
    small_disk()
    with pytest.raises(StoreFull) as fault:
        vault_disk.write_file(path="ab/cd", fill=lambda target: target.write(CONTENT))
    assert fault.value.status == 503
    assert fault.value.clause == "4.1.5"
    assert files(site) == []


@pytest.mark.django_db
def test_a_store_that_is_no_folder_is_said_plainly(site):
    (site / "vault").write_text("")
    with pytest.raises(StoreFault):
        keep()
    assert not Blob.objects.exists()


KILLED = """
import os, signal, sys
from keqiao.kernel.files import vault_disk
from django.conf import settings
settings.configure(VAULT_ROOT=sys.argv[1])

def fill(target):
    target.write(b"half")
    target.flush()
    os.kill(os.getpid(), signal.SIGKILL)

vault_disk.write_file(path="ab/cd", fill=fill)
"""


@pytest.mark.django_db
def test_a_process_killed_while_writing_leaves_a_draft_that_is_swept(site):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    died = subprocess.run([sys.executable, "-c", KILLED, str(site / "vault")], env=environment, check=False)
    assert died.returncode == -signal.SIGKILL
    assert not vault_disk.exists(path="ab/cd")
    (draft,) = (site / "vault" / "drafts").iterdir()
    assert draft.read_bytes() == b"half"
    assert vault.sweep_orphans(now=timezone.now()) == 0
    assert vault.sweep_orphans(now=timezone.now() + timedelta(hours=25)) == 1
    assert files(site) == []


@pytest.mark.django_db
def test_a_reader_that_fails_leaves_nothing(site):
    class Breaks(io.BytesIO):
        passes = 0

        def read(self, size=-1):
            if self.tell() >= CHUNK and self.passes > 1:  # judged, then hashed, then this
                raise OSError(5, "Input/output error")
            content = super().read(size)
            self.passes += content == b""
            return content

    with pytest.raises(StoreFault):
        vault.store(file=Breaks(CONTENT), name="a.txt", enterprise_id=1, level=1, actor_id=None)
    assert files(site) == []
    assert not Blob.objects.exists()
