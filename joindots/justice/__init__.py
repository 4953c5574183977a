"""From report to conviction: crimes and what follows; the Victims' Code; counter-allegations; the right to know."""
