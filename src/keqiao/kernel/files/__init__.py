"""Files: judged by their bytes, kept encrypted, opened again."""
