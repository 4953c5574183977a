"""Rules of moving in and out (pure): columns, rows, states, and the form of what leaves."""
