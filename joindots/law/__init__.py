"""The law and the rules of the field as data: typed, frozen, each fact with its source and what of it to verify."""
