#!/usr/bin/env python3
"""Check a Keqiao archive pack. 核验科桥档案包。

python verify.py PACK.zip                  a pack as it came               收到的档案包
python verify.py                           the folder it was unpacked to   解压后的文件夹
python verify.py PACK.zip --seal RECEIPT   against a seal you hold         与您持有的封签回执比对
python verify.py PACK.zip --key HEX        against a published key         与机构公布的公钥比对

Needs Python 3.8 or later, nothing else; reads, never writes. 只需 Python 3.8 及以上,只读不写。
Exit 0: intact; 1: something is wrong, and named; 2: usage. 退出码:0 完整;1 有问题并指明;2 用法有误。
"""

from __future__ import annotations

import argparse
import json
import re
import stat
import sys
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

MAX_BYTES, MAX_MEMBERS, MAX_LINE, MAX_RATIO = 16 << 30, 100_000, 32 << 20, 200
MAX_FINDINGS, SIGNATURES = 1000, 100
UNREADABLE = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
MALFORMED = (ValueError, TypeError, LookupError, AttributeError)  # a hostile pack may hold anything
TEXTS = """
limit:      is larger than a pack may be: {}                          | 超出档案包允许的大小:{}
name:       is not a name that a pack may hold, or holds it twice     | 不是档案包允许的名称,或重复
unlisted:   is not listed in manifest.json                            | 未列入 manifest.json
absent:     is missing from the pack                                  | 档案包中缺少此项
content:    was changed: its SHA-256 or size is another               | 已被改动:SHA-256 或大小不符
form:       cannot be read as the format asks: {}                     | 不合格式,无法读取:{}
signature:  was changed: it is not what key {} signed                 | 已被改动:不是密钥 {} 所签
count:      has {} records in manifest.json                           | 在 manifest.json 中有 {} 条记录
gap:        is out of order: record {} of the case was due            | 次序不符:本案卷此处应为第 {} 条
payload:    was changed: it does not say what was recorded            | 已被改动:内容与当时的记录不符
proof:      is not under the newest seal: record or proof was changed | 不在最新封签之下:记录或证明被改动
erased:     has no content, and no record says it was erased          | 内容缺失,且无记录说明已被删除
withheld:   withholds the content of other records than it says       | 未随包提供内容的记录条数与所称不符
evidence:   is named by no record of this pack                        | 本档案包中没有记录提及此文件
chain:      does not follow the seal before it                        | 与前一封签不衔接
growth:     does not continue the log sealed before it                | 不是前一封签所封记录链的延续
key:        is not a key of this chain: {}                            | 不属于本密钥链:{}
newest:     does not speak of the newest seal in the pack             | 所指不是档案包中最新的封签
receipt:    is not in the pack: the log was rebuilt, or went on since | 不在包中:记录链被重建或在此后延续
pin:        does not vouch for this pack                              | 不能为本档案包作保
"""
FAULTS = {code: (en.strip(), zh) for code, en, zh in re.findall(r"(\w+): +(.+?)\| (.+)", TEXTS)}


class Finding(NamedTuple):
    code: str
    where: str  # the file, record, seal or key
    detail: str = ""

    def text(self, language: int = 0) -> str:
        return str(FAULTS[self.code][language].format(self.detail))


class Fault(Exception):  # noqa: N818
    """Ends a part of the check: code, where, detail."""


class Pack:
    """A pack, zipped or unpacked. Names and sizes are looked at before anything is read."""

    def __init__(self, path: Path, max_bytes: int) -> None:
        self.root, self.zip = path, None if path.is_dir() else zipfile.ZipFile(str(path))
        self.sizes: dict[str, int] = {}
        total, seen = 0, {""}
        for name, size, packed, regular in self.unpacked() if self.zip is None else self.zipped(self.zip):
            total += size
            if not regular or not is_safe(name) or name.casefold() in seen:
                raise Fault("name", name)
            if size > MAX_RATIO * packed + (1 << 20) or total > max_bytes or len(seen) >= MAX_MEMBERS:
                raise Fault("limit", name, f"{total} bytes, {len(seen) + 1} members")
            seen.add(name.casefold())
            self.sizes[name] = size

    def zipped(self, pack: zipfile.ZipFile) -> Iterator[tuple[str, int, int, bool]]:
        for info in pack.infolist():
            regular = stat.S_IFMT(info.external_attr >> 16) in {0, stat.S_IFREG} and not info.is_dir()
            regular = regular and not info.flag_bits & 1 and info.compress_type in {0, 8}
            yield info.orig_filename, info.file_size, info.compress_size, regular

    def unpacked(self) -> Iterator[tuple[str, int, int, bool]]:
        for path in sorted(self.root.rglob("*")):
            if path.is_symlink() or not path.is_dir():
                size, regular = path.lstat().st_size, path.is_file() and not path.is_symlink()
                yield path.relative_to(self.root).as_posix(), size, size, regular

    def open(self, name: str) -> BinaryIO:
        if name not in self.sizes:
            raise Fault("absent", name)
        return cast("BinaryIO", self.zip.open(name)) if self.zip else (self.root / name).open("rb")

    def lines(self, name: str) -> Iterator[tuple[str, bytes]]:
        with self.open(name) as file:
            for number, line in enumerate(iter(lambda: file.readline(MAX_LINE), b""), 1):
                if not line.endswith(b"\n"):
                    raise Fault("form", f"{name}:{number}", "line without end / 行不完整")
                yield f"{name}:{number}", line[:-1]

    def line(self, name: str) -> bytes:
        return b"\n".join(line for _where, line in self.lines(name))


def is_safe(name: str) -> bool:
    plain = not re.search(r'[\x00-\x1f\x7f\\:*?"<>|]', name) and len(name.encode("utf-8", "replace")) < 1 << 8
    return plain and not any(part.strip(" .") != part or not part for part in name.split("/"))


def is_hex(text: Any, digits: int = 64) -> bool:
    return isinstance(text, str) and re.fullmatch(f"[0-9a-f]{{{digits}}}", text) is not None


def canonical(value: Any) -> str:
    """RFC 8785; the numbers are whole, since fractions are kept as text."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def parsed(data: bytes) -> Any:
    """The value, if it is written in the one way there is, so that no byte is free."""
    value = json.loads(data.decode("utf-8"))
    if canonical(value).encode("utf-8") != data:
        raise ValueError("not canonical / 非规范 JSON (RFC 8785)")
    return value


# RFC 8032, Ed25519, verification only: points as X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)


def add(p: Any, q: Any) -> Any:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point(data: bytes) -> Any:
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public: str, signature: str, message: bytes) -> bool:
    texts = (public, signature[:64], signature[64:])
    key, r, scalar = (bytes.fromhex(text) if is_hex(text) else b"" for text in texts)
    a, s = point(key), int.from_bytes(scalar, "little")
    if len(key + r + scalar) != 96 or a is None or s >= L:  # noqa: PLR2004
        return False
    h = int.from_bytes(sha512(r + key + message).digest(), "little") % L
    minus = (P - a[0], a[1], a[2], P - a[3])
    terms, total = (None, BASE, minus, add(BASE, minus)), (0, 1, 1, 0)
    for bit in range(252, -1, -1):  # s * BASE - h * A, both bit by bit at once
        total = add(total, total)
        term = terms[(s >> bit & 1) + 2 * (h >> bit & 1)]
        total = add(total, term) if term else total
    inverse = pow(total[2], P - 2, P)
    x, y = total[0] * inverse % P, total[1] * inverse % P
    return (y + ((x & 1) << 255)).to_bytes(32, "little") == r


def root_of(leaf: bytes, n: int, size: int, path: list[Any]) -> str | None:
    """RFC 6962: the root that the leaf at place n of a log of that size leads to."""
    if not 0 <= n < size or not all(map(is_hex, path)):
        return None
    node, last, rest = leaf, size - 1, [bytes.fromhex(item) for item in path]
    while last:
        if n & 1 or n < last:
            if not rest:
                return None
            other = rest.pop(0)
            node = sha256(b"\x01" + (other + node if n & 1 else node + other)).digest()
        n, last = n >> 1, last >> 1
    return None if rest else node.hex()


def grown(edge: list[Any], old: int, new: int, growth: list[Any]) -> str | None:
    """Add to the right edge the subtrees over old..new-1, as few as there can be; the new root, or None."""
    rest = [bytes.fromhex(item) for item in growth if is_hex(item)]
    if len(rest) != len(growth):
        return None
    while old < new:
        level = (new - old).bit_length() - 1
        level = min(level, (old & -old).bit_length() - 1) if old else level
        if not rest:
            return None
        node, old = rest.pop(0), old + (1 << level)
        while edge and edge[-1][0] == level:
            node, level = sha256(b"\x01" + edge.pop()[1] + node).digest(), level + 1
        edge.append((level, node))
    root = edge[-1][1]
    for _level, node in reversed(edge[:-1]):
        root = sha256(b"\x01" + node + root).digest()
    return None if rest else root.hex()


class Check:
    """One pack being checked: what was found, and what the reader wants to know."""

    def __init__(self, signatures: int) -> None:
        self.findings: list[Finding] = []
        self.pack: Any = None
        self.manifest: Any = {"members": [], "cases": {}, "key": "", "seal": ""}
        self.members: dict[str, tuple[str, int]] = {}
        self.keys: dict[str, str] = {}
        self.vouched: list[str] = []  # the keys in line that vouch each for the next, up to the last
        self.seals: list[str] = []
        self.newest: Any = {"n": 0, "at": "", "key": "", "number": 0, "root": ""}
        self.signed: Any = deque(maxlen=signatures)  # the newest; the chain of hashes holds the older seals
        self.records: Counter[str] = Counter()
        self.withheld: dict[str, str] = {}  # records of which this pack's reader has header and proof alone
        self.named: set[str] = set()

    def need(self, holds: object, code: str, where: str, detail: object = "") -> None:
        if not holds and len(self.findings) < MAX_FINDINGS:
            self.findings.append(Finding(code, where, str(detail)))

    def part(self, where: str, check: Any, *args: Any) -> None:
        """Run a part of the check; what ends it is a finding, and the next part goes on."""
        try:
            check(*args)
        except Fault as fault:
            self.need(False, *fault.args)
        except (*UNREADABLE, *MALFORMED) as error:
            self.need(False, "form", where, f"{type(error).__name__} {error}")

    def run(self, path: Path, max_bytes: int) -> None:
        self.pack = Pack(path, max_bytes)
        self.part("keys.jsonl", self.read_keys)
        self.part("manifest.json", self.read_manifest)
        self.part("seals.jsonl", self.read_seals)
        self.part("records.jsonl", self.read_records)
        for name in sorted(self.members.keys() | self.pack.sizes.keys() - {"manifest.json", "manifest.sig"}):
            self.part(name, self.check_member, name)

    def read_manifest(self) -> None:
        line, signature = self.pack.line("manifest.json"), self.pack.line("manifest.sig").decode("ascii")
        self.manifest.update(parsed(line))
        key, kind = self.manifest["key"], self.manifest["kind"]
        holds = kind == "keqiao-pack/1" and is_signed(self.keys.get(key, ""), signature, line)
        self.need(holds, "signature", "manifest.json", key)
        self.members = {item["name"]: (item["sha256"], item["size"]) for item in self.manifest["members"]}

    def read_keys(self) -> None:
        former = {"key": "", "public": ""}
        for where, line in self.pack.lines("keys.jsonl"):
            key = parsed(line)
            said = {name: key[name] for name in ("key", "public", "since")}
            said.update(kind="keqiao-key/1", previous=former["key"])
            name = sha256(bytes.fromhex(key["public"])).hexdigest()[:32]
            self.need(key["key"] == name, "key", where, key["key"])
            if key["endorsement"]:
                holds = is_signed(former["public"], key["endorsement"], canonical(said).encode())
                self.need(holds, "signature", where, former["key"])
            self.vouched = [*(self.vouched if key["endorsement"] else []), key["key"]]
            self.keys[key["key"]], former = key["public"], key

    def read_seals(self) -> None:
        edge: list[Any] = []
        last_of_key = {}
        for where, line in self.pack.lines("seals.jsonl"):
            item = parsed(line)
            self.part(where, self.read_seal, where, item, edge)
            last_of_key[item["seal"]["key"]] = self.signed[-1]
        for where, seal, signature in {row[0]: row for row in [*last_of_key.values(), *self.signed]}.values():
            holds = is_signed(self.keys.get(seal["key"], ""), signature, canonical(seal).encode())
            self.need(holds, "signature", where, seal["key"])
        self.need(self.seals[-1:] == [self.manifest["seal"]], "newest", "manifest.json")

    def read_seal(self, where: str, item: Any, edge: list[Any]) -> None:
        seal, last, order = item["seal"], self.newest, list(self.keys)
        self.newest = {**last, **seal}
        self.signed.append((where, seal, item["signature"]))
        follows = seal["number"] == last["number"] + 1 and seal["previous"] == "".join(self.seals[-1:])
        receipt = canonical({"seal": seal, "signature": item["signature"]})
        self.seals.append(sha256(receipt.encode()).hexdigest())
        self.need(follows and seal["kind"] == "keqiao-seal/1" and seal["at"] >= last["at"], "chain", where)
        in_turn = order[order.index(last["key"]) :] if last["key"] in order else order
        self.need(seal["key"] in in_turn, "key", where, seal["key"])
        if None not in edge:
            root = grown(edge, last["n"], seal["n"], item["growth"]) if seal["n"] > last["n"] else None
            self.need(root == seal["root"], "growth", where)
            edge.extend([] if root == seal["root"] else [None])  # one break is named once

    def read_records(self) -> None:
        missing: dict[str, str] = {}
        for where, line in self.pack.lines("records.jsonl"):
            self.part(where, self.read_record, where, line, missing)
        for where in missing.values():
            self.need(False, "erased", where)
        self.need(len(self.withheld) == self.manifest.get("withheld", 0), "withheld", "records.jsonl")
        due = self.manifest["cases"]
        for case in sorted(self.records.keys() | due.keys()):
            self.need(self.records[case] == due.get(case), "count", f"records.jsonl ({case})", due.get(case))

    def read_record(self, where: str, line: bytes, missing: Any) -> None:
        item = parsed(line)
        header, payload, salt = item["header"], item["payload"], item["salt"]
        case, number = header["case"], header["case_n"]
        where = f"{where} ({case} #{number})"
        self.records[case] += 1
        self.need(number == self.records[case], "gap", where, self.records[case])
        leaf = sha256(b"\x00" + canonical(header).encode()).digest()
        root = root_of(leaf, item["n"], self.newest["n"], item["proof"])
        self.need(root is not None and root == self.newest["root"], "proof", where)
        self.named.update(header["files"])
        if payload is None and salt is None:
            (self.withheld if item.get("withheld") is True else missing)[f"{case} {number}"] = where
            return
        said = bytes.fromhex(salt) + canonical(payload).encode()
        self.need(is_hex(salt) and sha256(said).hexdigest() == header["payload"], "payload", where)
        if header["operation"] == "journal.erase_payload":
            missing.pop(f"{case} {payload['erased']}", None)

    def check_member(self, name: str) -> None:
        if name not in self.members:
            raise Fault("unlisted", name)
        digest = sha256()
        with self.pack.open(name) as file:
            for block in iter(lambda: file.read(1 << 16), b""):
                digest.update(block)
        self.need((digest.hexdigest(), self.pack.sizes[name]) == self.members[name], "content", name)
        self.need(not name.startswith("files/") or digest.hexdigest() in self.named, "evidence", name)


def examine(path: Any, *, seal: bytes | None = None, key: str = "", **limits: int) -> Check:
    """Check a pack, also against a seal held outside and against a published key where given."""
    check = Check(limits.get("signatures", SIGNATURES))
    check.part(str(path), check.run, Path(path), limits.get("max_bytes", MAX_BYTES))
    if seal is not None:
        check.need(sha256(seal.strip()).hexdigest() in check.seals, "receipt", "--seal")
    if key:
        line = [check.keys[name] for name in check.vouched]
        signers = (check.manifest["key"], check.newest["key"])
        later = line[line.index(key.lower()) :] if key.lower() in line else []
        check.need(all(check.keys.get(str(signer)) in later for signer in signers), "pin", "--key")
    return check


def verify(path: Any, **options: Any) -> list[Finding]:
    return examine(path, **options).findings


def report(check: Check) -> str:
    newest, wrong, counts, kept = check.newest, check.findings, dict(check.records), len(check.withheld)
    lines = [
        f"档案包 / pack: {check.manifest.get('title')}",
        f"文件 / files {len(check.members)}; 封签 / seals {len(check.seals)}; 记录 / records {counts}; 未随包内容 / withheld {kept}",
        f"最新封签 / newest seal: {newest['number']}, {newest['at']}, n = {newest['n']}",
        f"签名公钥 / signed by: {check.keys.get(str(check.manifest['key']))}",
        "    请与机构公布的公钥核对 / compare it with the key that the institution publishes",
        *(
            line
            for item in wrong
            for line in (f"✗ {item.where}", f"    {item.text(1)}", f"    {item.text()}")
        ),
        f"✗ 有 {len(wrong)} 处问题 / {len(wrong)} things are wrong" if wrong else "✓ 完整无误 / intact",
    ]  # a title may hold anything: no line of its own, no control of the terminal
    return "\n".join("".join(letter if letter.isprintable() else "?" for letter in line) for line in lines)


def main() -> int:
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("pack", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--seal", type=Path, metavar="RECEIPT")
    parser.add_argument("--key", metavar="HEX", default="")
    options = parser.parse_args()
    if not options.pack.exists() or (options.seal and not options.seal.is_file()):
        parser.error("the pack or the receipt is not there / 档案包或回执不存在")
    check = examine(options.pack, seal=options.seal and options.seal.read_bytes(), key=options.key)
    sys.stdout.buffer.write(report(check).encode("utf-8", "replace") + b"\n")
    return 1 if check.findings else 0


if __name__ == "__main__":
    sys.exit(main())
