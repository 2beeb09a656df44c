"""Server-rendered pages in the officers' words; no build step, nothing from outside."""
