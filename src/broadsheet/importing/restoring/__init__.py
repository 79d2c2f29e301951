"""The way back in: an export of ours becomes the same publication again."""
