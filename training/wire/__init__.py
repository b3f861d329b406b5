"""Wire dispatches that were really sent, annotated for this project. Their texts stay in public collections of others:
here stand only the places in them, and what we say of those."""
