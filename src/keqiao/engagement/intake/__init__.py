"""6.1: commission, material, review, feasibility."""
