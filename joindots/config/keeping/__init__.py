"""Looking after an installation: verifying, backing up, restoring. For its operator, who reads no word."""
