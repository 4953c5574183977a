"""Support services: who helps where, for whom, and when they are open."""
