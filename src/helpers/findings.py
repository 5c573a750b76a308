"""The computed sentences of each page: what its tables say, and what they cannot."""
