"""What somebody has done to many articles at once: what can be, as a job that can be stopped, row by row."""
