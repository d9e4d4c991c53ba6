"""What people say of their own project when they are asked, or when they correct themselves.

Only words are read here; what is not certain is not read, and is asked instead.
"""
