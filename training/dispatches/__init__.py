"""Dispatches written for this project and annotated by the claim guidelines, to train the reader on beside the gold."""
