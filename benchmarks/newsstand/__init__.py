"""Web pages made of real posts in layouts of our own, with what is true of each: what `benchmarks/documents.py` reads."""
