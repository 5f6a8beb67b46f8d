"""How well bytes read as the text of a language, under an encoding: fewer bits, better reading."""
