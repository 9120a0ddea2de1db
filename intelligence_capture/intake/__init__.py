"""From the files that people have to interview JSON: forms, documents, transcripts."""
