"""6.3.1 to 6.3.3: working group, plan."""
