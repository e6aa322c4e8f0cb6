"""Small public helpers of the guide: `ast_utils` and `cuda_utils`."""
