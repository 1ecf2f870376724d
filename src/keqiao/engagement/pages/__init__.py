"""The pages of engagements that no generic page can be."""
