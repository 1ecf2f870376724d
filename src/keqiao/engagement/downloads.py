"""The files of an engagement, each as open as the row that refers to it."""

from keqiao.engagement import models as m
from keqiao.faces.files import downloadable

downloadable(m.Material, "blob")
downloadable(m.SiteVisit, "blob")
downloadable(m.Notice, "blob")
downloadable(m.Contract, "pdf", "word", "signed_copy")
downloadable(m.Amendment, "pdf", "signed_copy")
downloadable(m.Interview, "blob")
downloadable(m.Plan, "pdf")
downloadable(m.Milestone, "blob")
downloadable(m.WorkingData, "blob")
downloadable(m.ProgressReport, "pdf")
downloadable(m.Adjustment, "pdf")
downloadable(m.Deliverable, "blob", "sheet")
downloadable(m.Archive, "blob")
