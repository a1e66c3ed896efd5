"""`POST /predict/csv`: a table comes, is read in chunks, and goes back with the answers appended."""
