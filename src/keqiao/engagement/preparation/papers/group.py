"""6.3.1: working group with its undertaking of confidentiality."""

from dataclasses import dataclass
from typing import Literal

from keqiao.documents.parts import Head, Party
from keqiao.documents.registry import paper


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    name: str
    side: Literal["institution", "client", "expert", "partner"]
    role: str
    duty: str
    competence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    scope: str
    term: str
    liability: str


@paper("group")
@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingGroupData:
    head: Head
    client: Party
    institution: Party
    engagement: str
    contract_number: str
    members: tuple[MemberLine, ...]
    undertaking: Undertaking
