"""The long work of orders."""
