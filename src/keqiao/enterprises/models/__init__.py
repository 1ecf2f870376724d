from keqiao.enterprises.models.enterprise import Enterprise, Size, Tag, check_credit_code
from keqiao.enterprises.models.lowering import Lowering
from keqiao.enterprises.models.parts import Contact, EnterpriseFile, EnterprisePart, FigureKind, YearlyFigure
from keqiao.enterprises.models.record import EnterpriseRecord

__all__ = [
    "Contact",
    "Enterprise",
    "EnterpriseFile",
    "EnterprisePart",
    "EnterpriseRecord",
    "FigureKind",
    "Lowering",
    "Size",
    "Tag",
    "YearlyFigure",
    "check_credit_code",
]
