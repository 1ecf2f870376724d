from keqiao.organisation.models.competence import Competence, StaffCompetence, Undertaking
from keqiao.organisation.models.posts import Expert, Post, StaffProfile

__all__ = ["Competence", "Expert", "Post", "StaffCompetence", "StaffProfile", "Undertaking"]
