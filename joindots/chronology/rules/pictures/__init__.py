"""What the pictures of a case are drawn from: counts in lanes and windows, and what no source covers."""
