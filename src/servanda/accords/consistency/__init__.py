"""What no schema can see: whether an accord can be kept as it is written, and whether it says what it has to say."""
