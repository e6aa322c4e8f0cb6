"""Configuration: `[tool.portalis]`, the type table, and the pydantic models that check both."""

from __future__ import annotations

from portalis.config.errors import ConfigError
from portalis.config.settings import Config, Effort, Settings, find_file, load_config, override

__all__ = ["Config", "ConfigError", "Effort", "Settings", "find_file", "load_config", "override"]
