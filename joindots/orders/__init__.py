"""Protective orders, from the first thought of one to its end: steps, conditions, who is protected, what is due."""
