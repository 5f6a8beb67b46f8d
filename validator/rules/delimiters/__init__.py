"""DEL: do the markers divide the file into documents?"""
