"""One file a step of clause 6."""

from keqiao.engagement.models.catalogue import DeliverableKind, ItemPart, MaterialKind, MaterialNature, PlanStep, ServiceFamily, ServiceItem, TechnicalContractKind
from keqiao.engagement.models.commission import Feasibility, Material, Notice, NoticeKind, SiteVisit
from keqiao.engagement.models.contract import Amendment, AmendmentChange, Contract, ContractElement, Custody, FeeLine, Letter
from keqiao.engagement.models.delivery import Archive, ArchiveSummary, Complaint, ComplaintChannel, ComplaintKind, Deliverable, Survey
from keqiao.engagement.models.engagement import Engagement, EngagementPart, StepLimit
from keqiao.engagement.models.group import Member, MemberRole, Task
from keqiao.engagement.models.implementation import Channel, Guidance, Partner, ProgressReport, WorkingData
from keqiao.engagement.models.investigation import Finding, Interview, MaterialAnalysis, Question, QuestionKind, Questionnaire, QuestionnaireLink
from keqiao.engagement.models.plan import Adjustment, AdjustmentOption, Milestone, Plan

__all__ = [
    "Adjustment",
    "AdjustmentOption",
    "Amendment",
    "AmendmentChange",
    "Archive",
    "ArchiveSummary",
    "Channel",
    "Complaint",
    "ComplaintChannel",
    "ComplaintKind",
    "Contract",
    "ContractElement",
    "Custody",
    "Deliverable",
    "DeliverableKind",
    "Engagement",
    "EngagementPart",
    "Feasibility",
    "FeeLine",
    "Finding",
    "Guidance",
    "Interview",
    "ItemPart",
    "Letter",
    "Material",
    "MaterialAnalysis",
    "MaterialKind",
    "MaterialNature",
    "Member",
    "MemberRole",
    "Milestone",
    "Notice",
    "NoticeKind",
    "Partner",
    "Plan",
    "PlanStep",
    "ProgressReport",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "QuestionnaireLink",
    "ServiceFamily",
    "ServiceItem",
    "SiteVisit",
    "StepLimit",
    "Survey",
    "Task",
    "TechnicalContractKind",
    "WorkingData",
]
