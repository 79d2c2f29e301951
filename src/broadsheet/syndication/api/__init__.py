"""The read API at `/api/v3/`: what is public, as JSON, in the manner of Wagtail's API of that number; `docs/contracts/api.md` is its promise."""
