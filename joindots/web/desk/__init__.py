"""Where work begins: the desk, the service's health, and the facts it stands on."""
