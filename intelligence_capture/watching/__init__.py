"""Watching a run: what is known while it goes on, the lines that say it, the status line of a terminal."""
