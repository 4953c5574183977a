"""Long work: each job with its steps, counts, stop and resume."""
