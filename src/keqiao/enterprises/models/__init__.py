from keqiao.enterprises.models.enterprise import Enterprise, Size, Tag
from keqiao.enterprises.models.parts import Contact, EnterpriseFile, EnterprisePart, FigureKind, YearlyFigure

__all__ = ["Contact", "Enterprise", "EnterpriseFile", "EnterprisePart", "FigureKind", "Size", "Tag", "YearlyFigure"]
