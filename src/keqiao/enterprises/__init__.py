"""The service objects: technology-innovation enterprises, with contacts, yearly figures and files.

Clauses 4.1.4, 4.1.5, 6.5. Models: Enterprise, Contact, YearlyFigure, EnterpriseFile, Tag, Import. Process: imported or
entered, owned by a consultant, merged when found twice.
"""
