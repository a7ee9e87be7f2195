"""What is kept of answers, and what readers find of them."""
