"""What of the engagement as a whole is seen; what of each phase is seen stands in its slice."""
