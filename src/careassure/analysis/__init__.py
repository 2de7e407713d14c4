"""What results say taken together."""
