"""Evaluation: extractions against gold labels. See docs/evaluation.md."""
