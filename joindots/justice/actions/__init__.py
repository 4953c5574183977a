"""What is done on the way from report to conviction."""
