"""The service directory: finding help, keeping it right, bringing it in and out."""
