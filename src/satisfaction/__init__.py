"""Satisfaction measurement after GB/T 19038."""
