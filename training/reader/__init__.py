"""Training of the reader's linear models: `python -m training.reader.train`."""
