"""What one sees: views draw, presenters decide, `base` is shared, `shell` opens screens through its registry."""
