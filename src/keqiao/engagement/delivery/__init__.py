"""6.3.4 and 6.4: implementation, adjustment, delivery, survey, complaint."""
