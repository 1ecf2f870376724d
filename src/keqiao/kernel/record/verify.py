#!/usr/bin/env python3
"""Check a Keqiao archive pack. 核验科桥档案包。

python verify.py PACK.zip                  a pack as it came               收到的档案包
python verify.py                           the folder it was unpacked to   解压后的文件夹
python verify.py PACK.zip --seal RECEIPT   against a seal you hold         与您持有的封签回执比对
python verify.py PACK.zip --key HEX        against a published key         与机构公布的公钥比对
                                           without either: whether the pack fits itself, no more
                                           两者皆无:只能说明包内自洽

Needs Python 3.8 or later, nothing else; reads, never writes. 只需 Python 3.8 及以上,只读不写。
Exit 0: intact; 1: something is wrong, and named; 2: usage. 退出码:0 完整;1 有问题并指明;2 用法有误。
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from keqiao.kernel.record.verify_arithmetic import canonical, grown, is_hex, is_signed, parsed, root_of
from keqiao.kernel.record.verify_zip import MAX_BYTES, Fault, Pack

MAX_FINDINGS, SIGNATURES = 1000, 100
UNREADABLE = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
MALFORMED = (ValueError, TypeError, LookupError, AttributeError)  # a hostile pack may hold anything
TEXTS = """
limit:      is larger than a pack may be: {}                          | 超出档案包允许的大小:{}
name:       is not a name that a pack may hold, or holds it twice     | 不是档案包允许的名称,或重复
loose:      has bytes in the zip that nobody vouches for, at {}       | 压缩包在 {} 处含有无人作保的字节
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
loss:       no earlier key vouches for {}: lost, or another's?        | 无前一密钥为 {} 作保:原密钥遗失,或系他人密钥
signer:     is signed by neither the newest seal's key nor a later one | 签名者既非最新封签的密钥,也非其后续密钥
newest:     does not speak of the newest seal in the pack             | 所指不是档案包中最新的封签
receipt:    is not in the pack: the log was rebuilt, or went on since | 不在包中:记录链被重建或在此后延续
pin:        does not vouch for this pack                              | 不能为本档案包作保
"""
ALONE = (
    "    未与回执或公布的公钥比对:只说明包内自洽 / compared with no receipt or key: it fits itself, no more"
)
FAULTS = {code: (en.strip(), zh) for code, en, zh in re.findall(r"(\w+): +(.+?)\| (.+)", TEXTS)}


class Finding(NamedTuple):
    code: str
    where: str  # the file, record, seal or key
    detail: str = ""

    def text(self, language: int = 0) -> str:
        return str(FAULTS[self.code][language].format(self.detail))


class Check:
    """One pack being checked: what was found, and what the reader wants to know."""

    def __init__(self, signatures: int) -> None:
        self.findings: list[Finding] = []
        self.against: list[str] = []  # what from outside the pack it was compared with
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
        self.part("zip", self.pack.check_zip)
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
            self.need(key["key"] == name and name not in self.keys, "key", where, key["key"])
            if key["endorsement"]:
                holds = is_signed(former["public"], key["endorsement"], canonical(said).encode())
                self.need(holds, "signature", where, former["key"])
            else:
                self.need(not self.keys, "loss", where, key["key"])
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
        later = list(self.keys)[list(self.keys).index(self.newest["key"]) :] if self.seals else []
        self.need(self.manifest["key"] in later, "signer", "manifest.json")

    def read_seal(self, where: str, item: Any, edge: list[Any]) -> None:
        seal, last, order = item["seal"], self.newest, list(self.keys)
        self.newest = {**last, **seal}
        self.signed.append((where, seal, item["signature"]))
        follows = seal["number"] == last["number"] + 1 and seal["previous"] == "".join(self.seals[-1:])
        receipt = canonical({"seal": seal, "signature": item["signature"]})
        self.seals.append(sha256(receipt.encode()).hexdigest())
        in_time = seal["at"] >= last["at"] or seal["clock_behind"] is True  # signed: the one before was ahead
        self.need(follows and seal["kind"] == "keqiao-seal/1" and in_time, "chain", where)
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

    def check_seal(self, receipt: bytes) -> None:
        """The pack holds the seal, and its key vouches, itself or in line, for whatever was signed later."""
        self.against.append("--seal")
        self.need(sha256(receipt.strip()).hexdigest() in self.seals, "receipt", "--seal")
        self.need(self.vouches(json.loads(receipt)["seal"]["key"]), "pin", "--seal")

    def check_key(self, keys: Iterable[str], where: str) -> None:
        """One of these public keys vouches for the pack."""
        self.against.append(where)
        names = [sha256(bytes.fromhex(key)).hexdigest()[:32] for key in keys]
        self.need(any(map(self.vouches, names)), "pin", where)

    def vouches(self, key: str) -> bool:
        line = self.vouched[self.vouched.index(key) :] if key in self.vouched else []
        return self.manifest["key"] in line and self.newest["key"] in line


def examine(path: Any, *, seal: bytes | None = None, key: str | None = None, **limits: Any) -> Check:
    """Check a pack, also against a seal held outside, a published key, or keys known here where given."""
    check = Check(limits.get("signatures", SIGNATURES))
    check.part(str(path), check.run, Path(path), limits.get("max_bytes", MAX_BYTES))
    if seal is not None:
        check.part("--seal", check.check_seal, seal)
    if key is not None:
        check.part("--key", check.check_key, [key], "--key")
    elif limits.get("known"):
        check.part("known", check.check_key, limits["known"], "固定公钥 / pinned key")
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
        f"    已比对 / compared with: {'; '.join(check.against)}" if check.against else ALONE,
        *(
            line
            for item in wrong
            for line in (f"✗ {item.where}", f"    {item.text(1)}", f"    {item.text()}")
        ),
        f"✗ 有 {len(wrong)} 处问题 / {len(wrong)} things are wrong" if wrong else "✓ 完整无误 / intact",
    ]  # a title may hold anything: no line of its own, no control of the terminal
    return "\n".join("".join(letter if letter.isprintable() else "?" for letter in line) for line in lines)


def main(known: Iterable[str] = ()) -> int:
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("pack", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--seal", type=Path, metavar="RECEIPT")
    parser.add_argument("--key", metavar="HEX", type=str.lower)
    options = parser.parse_args()
    if not options.pack.exists() or (options.seal and not options.seal.is_file()):
        parser.error("the pack or the receipt is not there / 档案包或回执不存在")
    if options.key is not None and not is_hex(options.key):
        parser.error("--key takes the 64 letters of a public key / --key 后应为 64 位公钥")
    receipt = options.seal and options.seal.read_bytes()
    check = examine(options.pack, seal=receipt, key=options.key, known=known)
    sys.stdout.buffer.write(report(check).encode("utf-8", "replace") + b"\n")
    return 1 if check.findings else 0


if __name__ == "__main__":
    sys.exit(main())
