"""The case: the hub that the other parts hang on."""
