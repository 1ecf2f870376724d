"""Backup and restore: database and files in one folder, keys in another, erasures in a list that outlives both."""
