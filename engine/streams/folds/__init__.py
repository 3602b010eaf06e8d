"""What views stand on: people, conversations, who is there, kept up to date once for all of them."""
