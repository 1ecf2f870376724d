"""Partial least squares path modelling on the correlation matrix of the items."""
