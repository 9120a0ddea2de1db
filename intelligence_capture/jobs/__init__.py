"""What the scripts call where an adapter and a stage have to be joined; a module for each stage.

Separate modules, since each job loads what it imports: an extraction has no use for the graph.
"""
