"""The claim encoder: from gold quotes to shipped weights. `python -m training.encoder.train` does all of it."""
