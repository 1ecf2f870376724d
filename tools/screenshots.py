"""Pictures of the main pages for docs/screenshots, at a desk's and at a phone's width.

Taken from a demo site of their own in a temporary folder, or from the running one that KEQIAO_SITE names
(http://127.0.0.1:8000). A picture is cut below and thinned in colours until it weighs little.
"""

import io
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import run
from PIL import Image
from playwright.sync_api import sync_playwright

HOME = Path(__file__).resolve().parents[1]
OUT = HOME / "docs/screenshots"
WIDTHS = {1440: 900, 390: 844}
LIMIT = 200_000  # bytes a picture
TALLEST = 2400  # what is below is cut: a picture in a document is looked at, not scrolled
PASSWORD = os.environ.get("KEQIAO_DEMO_PASSWORD", "keqiao-demo-2026")


class Shot(NamedTuple):
    """A picture: who looks at which address; `follow` is the link on it that leads to the page meant."""

    name: str
    who: str
    path: str
    follow: str = ""


FIRST = "main tbody a"
SHOTS = (
    Shot("today", "consultant", "/"),
    Shot("today-manager", "manager", "/"),
    Shot("workspace", "manager", "/engagements/?state=implementing", FIRST),
    Shot("workspace-review", "manager", "/engagements/?state=submitted", FIRST),
    Shot("board", "manager", "/board/"),
    Shot("calendar", "consultant", "/calendar/"),
    Shot("engagements", "manager", "/engagements/"),
    Shot("enterprises", "manager", "/enterprises/"),
    Shot("enterprise", "manager", "/enterprises/", FIRST),
    Shot("contract", "manager", "/contracts/", FIRST),
    Shot("conformity", "manager", "/conformity/"),
    Shot("portal-home", "client12", "/"),
    Shot("portal-engagement", "client3", "/", ".kq-way"),
    Shot("portal-material", "client12", "/", ".kq-asks a"),
    Shot("portal-commission", "client3", "/commission/5.3/"),
    Shot("expert", "expert", "/"),
)


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    with site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for width, height in WIDTHS.items():
            for who in dict.fromkeys(shot.who for shot in SHOTS):
                take(browser, address, who, width, height)
        browser.close()
    return 0


@contextmanager
def site() -> Iterator[str]:
    """The address of a demo site: the one that is running, or one made for this."""
    if running := os.environ.get("KEQIAO_SITE"):
        yield running.rstrip("/")
        return
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind((run.HOST, 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = run.settings(port) | {"KEQIAO_VAR": folder, "KEQIAO_DEMO": "1"}
        subprocess.run([*run.keqiao(), "prepare"], env=environment, cwd=HOME, check=True)
        processes = {"web process": run.start(run.web(port), environment)}
        try:
            run.wait_for(port, processes)
            yield f"http://{run.HOST}:{port}"
        finally:
            run.end(processes)


def take(browser: Any, address: str, who: str, width: int, height: int) -> None:
    """All pictures of one person at one width."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=width < height,
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button.btn-primary")
    page.wait_for_url("**/")
    for shot in SHOTS:
        if shot.who == who:
            show(page, shot)
            keep(page.screenshot(full_page=True), OUT / f"{shot.name}-{width}.png")
    context.close()


def show(page: Any, shot: Shot) -> None:
    page.goto(shot.path)
    if shot.follow:
        page.locator(shot.follow).first.click()
    page.wait_for_load_state("networkidle")
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wider > 0:
        print(f"screenshots: {shot.name} is {wider} px wider than the screen", file=sys.stderr)


def keep(picture: bytes, target: Path) -> None:
    """With as many colours as fit the limit; a page of text needs few."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, TALLEST)))
    for colours in (256, 64, 16):
        made = io.BytesIO()
        image.quantize(colours, method=Image.Quantize.MEDIANCUT).save(made, "PNG", optimize=True)
        if len(made.getvalue()) <= LIMIT:
            break
    target.write_bytes(made.getvalue())
    print(f"screenshots: {target.name:<32}{target.stat().st_size:>9,} bytes")


if __name__ == "__main__":
    sys.exit(main())
