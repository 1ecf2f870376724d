"""Clause 5: the services of the standard as data the institution edits, and which of them it offers from when to when.

Models: ServiceFamily, ServiceItem with its checklist (MaterialKind), plan template (MilestoneTemplate) and usual results
(DeliverableKind), Offer. Shipped as YAML in `shipped/`, loaded once; what an engagement needs of an item is copied when
it begins, so that later changes here touch nothing that runs.
"""
