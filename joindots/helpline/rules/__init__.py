"""Rules of the helpline (pure): marks in a note, what was told, safe times, clocks, states, and words on its pages."""
