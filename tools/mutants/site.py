"""A copy of the tree to change, and what its tests write; the checkout is left alone."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mutants.source import Mutant

BUILT = ("bundle", "static", "node", "locale")  # what set-up made, under var
# Lays out the databases on the unchanged tree, before anything is changed in it.
LAYING = """import pytest
from tests.databases.templates import LAYOUTS, MIGRATED, OF_THE_DAY


@pytest.mark.parametrize("name", [MIGRATED, *sorted(set(LAYOUTS) - OF_THE_DAY)])
def test_laid(name, copies, django_db_blocker):
    with django_db_blocker.unblock():
        assert copies.use(name).database
"""
LAID = "tests/test_laid_for_mutants.py"


class Site:
    def __init__(self, checkout: Path, folder: Path) -> None:
        self.checkout, self.folder = checkout, folder
        self.tree, self.built = folder / "tree", folder / "built"
        self.log, self.told = folder / "log", folder / "told.json"
        self.times = 0
        self.label = ""

    def make(self) -> None:
        for part in ("tree", "var"):
            shutil.rmtree(self.folder / part, ignore_errors=True)
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=self.checkout, check=True, capture_output=True).stdout.split(b"\0")
        files = sorted(name for name in map(bytes.decode, names) if name and (self.checkout / name).is_file())
        for name in files:
            (self.tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self.checkout / name, self.tree / name)
        (self.tree / LAID).write_text(LAYING)
        self.label = self.digest(files)
        for folder in (self.tree / "var", self.built):
            folder.mkdir(exist_ok=True)
            for name in BUILT:
                if (self.checkout / "var" / name).exists() and not (folder / name).exists():
                    (folder / name).symlink_to(self.checkout / "var" / name)

    def digest(self, files: list[str]) -> str:
        """Of all that databases are laid out from; tests may change."""
        text = hashlib.sha256()
        for name in files:
            if name.startswith(("src/", "tests/", "requirements/")) and not Path(name).name.startswith(
                "test_"
            ):
                text.update(f"{name}\0".encode() + (self.tree / name).read_bytes())
        return f"unchanged-{text.hexdigest()[:12]}"

    @contextmanager
    def changed(self, mutant: Mutant) -> Iterator[None]:
        before = {edit.path: self.read(edit.path) for edit in mutant.edits}
        for edit in sorted(mutant.edits, key=lambda edit: -edit.start):
            self.write(edit.path, edit.applied(self.read(edit.path) or b""))
        try:
            yield
        finally:
            for path, data in before.items():
                self.write(path, data)
            for laid in (self.built / "cache/databases").glob("*-mutant-*"):
                shutil.rmtree(laid, ignore_errors=True)

    def read(self, path: str) -> bytes | None:
        return (self.tree / path).read_bytes() if (self.tree / path).exists() else None

    def write(self, path: str, data: bytes | None) -> None:
        """Each time with a time of its own, so that no compiled file is taken for that of another text."""
        self.times += 1
        if data is None:
            (self.tree / path).unlink()
            return
        (self.tree / path).write_bytes(data)
        os.utime(self.tree / path, (1_000_000_000 + self.times,) * 2)

    def environment(self, database: str, *, schema: bool = False) -> dict[str, str]:
        """A changed schema has databases of its own; all others stand on those of the unchanged tree."""
        settings = {
            "KEQIAO_VAR": str(self.folder / "var"),
            "KEQIAO_BUILT": str(self.built),
            "KEQIAO_LAID": f"mutant-{self.times}" if schema else self.label,
            "PYTHONPATH": str(self.tree / "src"),
            "ELIGIBILITY_CACHE": str(self.checkout / "var/cache/eligibility"),
            "DJANGO_SETTINGS_MODULE": "keqiao.config.settings",
        }
        return {**settings, "KEQIAO_DATABASE": database} if database else settings

    def options(self) -> list[str]:
        (self.folder / "var").mkdir(exist_ok=True)
        return ["-q", "-p", "no:cacheprovider", f"--rootdir={self.tree}", f"--basetemp={self.folder / 'tmp'}"]

    def last_words(self) -> str:
        lines = [line.strip() for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("E ") or "Error" in line]
        return (errors or lines or ["nothing was said"])[-1][:160]
