"""What the papers of an engagement have in common."""
