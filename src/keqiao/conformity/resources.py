"""What of conformity is seen."""
