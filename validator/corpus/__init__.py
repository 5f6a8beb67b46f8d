"""What documents say of each other: the table `corpus` of a profile."""
