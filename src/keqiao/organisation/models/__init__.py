from keqiao.organisation.models.competence import Competence, StaffCompetence, Undertaking
from keqiao.organisation.models.institution import Institution
from keqiao.organisation.models.posts import Expert, Post, StaffProfile
from keqiao.organisation.models.restoration import Restoration

__all__ = [
    "Competence",
    "Expert",
    "Institution",
    "Post",
    "Restoration",
    "StaffCompetence",
    "StaffProfile",
    "Undertaking",
]
