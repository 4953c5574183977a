"""What justice does by itself: asked by its actions, queries and the other parts."""
