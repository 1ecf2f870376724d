"""One file a step of clause 6."""

from keqiao.engagement.case.models import Engagement, EngagementPart, StageLimit
from keqiao.engagement.contracting.models import (
    Amendment,
    AmendmentChange,
    Contract,
    ContractElement,
    ContractText,
    Custody,
    FeeLine,
    Letter,
)
from keqiao.engagement.delivery.models.delivery import (
    Archive,
    ArchiveSummary,
    Complaint,
    ComplaintChannel,
    ComplaintKind,
    Deliverable,
    Survey,
)
from keqiao.engagement.delivery.models.implementation import (
    Channel,
    Guidance,
    Partner,
    ProgressReport,
    WorkingData,
)
from keqiao.engagement.intake.models import Feasibility, Material, Notice, NoticeKind, SiteVisit
from keqiao.engagement.preparation.models.group import Member, MemberRole, Task
from keqiao.engagement.preparation.models.investigation import (
    Finding,
    Interview,
    MaterialAnalysis,
    Question,
    QuestionKind,
    Questionnaire,
    QuestionnaireLink,
)
from keqiao.engagement.preparation.models.plan import Adjustment, AdjustmentOption, Milestone, Plan

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
    "ContractText",
    "Custody",
    "Deliverable",
    "Engagement",
    "EngagementPart",
    "Feasibility",
    "FeeLine",
    "Finding",
    "Guidance",
    "Interview",
    "Letter",
    "Material",
    "MaterialAnalysis",
    "Member",
    "MemberRole",
    "Milestone",
    "Notice",
    "NoticeKind",
    "Partner",
    "Plan",
    "ProgressReport",
    "Question",
    "QuestionKind",
    "Questionnaire",
    "QuestionnaireLink",
    "SiteVisit",
    "StageLimit",
    "Survey",
    "Task",
    "WorkingData",
]
