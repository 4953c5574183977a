"""Rules of the way from report to conviction (pure)."""
