"""The work on a case: consent, sharing, referrals, safety plan, tasks, letters, rights, closing."""
