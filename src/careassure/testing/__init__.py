"""The conformance kit for scorers, and strategies for every value of the model."""
