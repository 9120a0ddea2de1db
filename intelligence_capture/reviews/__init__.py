"""What people decided about entities: read from `reviews/`, applied to every extraction, never written over."""
