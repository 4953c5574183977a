"""From report to conviction: crimes, investigations, charges, hearings; the Victims' Code; counter-allegations; the right to know."""
