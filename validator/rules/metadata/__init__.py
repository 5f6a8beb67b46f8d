"""MET: is the metadata there, readable, and true?"""
