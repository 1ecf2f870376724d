"""6.3.4 and 6.4: progress, adjustment, handover, survey."""
