"""Evidence: bringing in files, their questions, exhibits, pictures, captures and devices."""
