"""Reports: one record with every figure, and the three files written from it."""
