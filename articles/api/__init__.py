"""The read API of what is published, and what every endpoint shares. `careersite.api` has the addresses."""
