"""TXT: are the characters what they seem?"""
