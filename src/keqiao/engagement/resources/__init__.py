"""What of engagements is seen: one file a step."""
