"""A messy corpus to show what a run finds: 2,000 documents made from a fixed seed, with faults."""
