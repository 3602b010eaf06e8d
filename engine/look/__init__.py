"""What both clients show alike: the text catalogue and the stylesheet of tokens."""
