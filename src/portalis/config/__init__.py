"""Configuration: `[tool.portalis]`, the type table, and the pydantic models that check both."""
