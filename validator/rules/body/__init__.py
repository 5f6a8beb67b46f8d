"""BOD: is the body built as agreed?"""
