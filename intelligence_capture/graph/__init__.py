"""The knowledge graph: what is the same, what hangs together, what returns, who contradicts whom."""
