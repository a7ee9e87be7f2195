"""From matches and passages to a cited answer."""
