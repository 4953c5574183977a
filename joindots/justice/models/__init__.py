"""What justice keeps."""
