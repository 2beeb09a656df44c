"""Room 3: facts are kept, found, linked and answered. Doors (api, web, cli) stand on bootstrap, use cases and ports."""

__version__ = "0.1.0"
