"""The admin's way from a file to a draft: upload, progress, review."""
