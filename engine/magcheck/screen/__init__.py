"""Many people at once: a file of profiles in, one row for each person out."""
