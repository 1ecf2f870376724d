"""Questionnaires shipped with the product: `satisfaction.load()`, sent on acceptance (6.4.2)."""
