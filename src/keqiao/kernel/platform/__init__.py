"""What every room stands on: who acts and what is open to them, time, jobs, letters, search."""
