"""What is asked of a client and has a page of its own in the portal."""

from keqiao.faces.leads import Page, lead

lead("material", kind="client", page=Page("portal-material", of_about=True))
lead("plan", kind="client", page=Page("portal-plan", of_about=True))
lead("survey", kind="client", page=Page("survey-answer"))
