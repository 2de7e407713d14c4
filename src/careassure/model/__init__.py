"""The values: scales, frameworks, councils, assessments, outcomes."""
