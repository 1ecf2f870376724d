"""Clause 4 as far as clause 6 needs it: posts, staff and their competence, experts, confidentiality undertakings.

Models: Post, StaffProfile, Competence, StaffCompetence, Expert, Undertaking.
"""
