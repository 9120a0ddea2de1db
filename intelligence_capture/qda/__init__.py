"""REFI-QDA, the exchange format of NVivo, MAXQDA, ATLAS.ti and QualCoder: projects out, codebooks both ways."""
