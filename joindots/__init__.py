"""Join the Dots: the joined-up response to stalking, as one self-hosted system."""
