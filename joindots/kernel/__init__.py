"""What every part shares: decisions and their words, the four problems, time, dots and references."""
