"""The long work of moving in and out."""
