"""Keqiao 科桥: the system of institutions that serve technology-innovation enterprises."""
