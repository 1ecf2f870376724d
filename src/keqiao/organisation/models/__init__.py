from keqiao.organisation.models.competence import Competence, StaffCompetence, Undertaking
from keqiao.organisation.models.institution import Institution
from keqiao.organisation.models.posts import Expert, Post, StaffProfile

__all__ = ["Competence", "Expert", "Institution", "Post", "StaffCompetence", "StaffProfile", "Undertaking"]
