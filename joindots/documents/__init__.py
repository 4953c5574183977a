"""Documents that leave the service: typeset, laid out as a bag, and the same bytes every time."""
