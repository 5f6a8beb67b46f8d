"""The readers: a module each, called as the program is, which ends in `READER = Reader(...)`."""
