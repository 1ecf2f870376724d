"""The papers of an engagement: what each is told, its template beside it, and how it is filled from the rows."""
