"""Example projects, made through the same services as anybody's."""
