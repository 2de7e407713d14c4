"""The screen for personal data in free text."""
