"""What one sees: views draw, presenters decide.

`base` is shared and imports no screen; `shell` opens screens through its registry.
"""
