"""What each paper must be told. All classes are frozen, keyword-only and hold nothing but plain values.

Amounts are `Decimal` and are printed in figures and capitals; dates are `date`, moments aware `datetime`
in the time zone they should be printed in. An empty string or None prints as a dash.
"""

from .agreement import (
    ELEMENT_LETTERS,
    AmendmentData,
    Change,
    ContractData,
    Element,
    FeeLine,
    Member,
    Undertaking,
    WorkingGroupData,
)
from .archive import FIVE_ASPECTS, ArchiveData, Aspect, IndexLine
from .delivery import DeliverableLine, HandoverData, SurveyData, SurveyLine
from .intake import AcceptanceData, CommissionData, DeclineData, MaterialLine, PartyDuties, TimeLimit
from .plan import AdjustmentData, Choice, Confirmation, Milestone, Option, PlanData, ProgressData
from .report import Heading, Paragraph, ReportData, Table
from .shared import Head, Party, Section

Document = (
    CommissionData
    | AcceptanceData
    | DeclineData
    | ContractData
    | AmendmentData
    | WorkingGroupData
    | PlanData
    | ProgressData
    | AdjustmentData
    | HandoverData
    | SurveyData
    | ArchiveData
    | ReportData
)

__all__ = [
    "ELEMENT_LETTERS",
    "FIVE_ASPECTS",
    "AcceptanceData",
    "AdjustmentData",
    "AmendmentData",
    "ArchiveData",
    "Aspect",
    "Change",
    "Choice",
    "CommissionData",
    "Confirmation",
    "ContractData",
    "DeclineData",
    "DeliverableLine",
    "Document",
    "Element",
    "FeeLine",
    "HandoverData",
    "Head",
    "Heading",
    "IndexLine",
    "MaterialLine",
    "Member",
    "Milestone",
    "Option",
    "Paragraph",
    "Party",
    "PartyDuties",
    "PlanData",
    "ProgressData",
    "ReportData",
    "Section",
    "SurveyData",
    "SurveyLine",
    "Table",
    "TimeLimit",
    "Undertaking",
    "WorkingGroupData",
]
