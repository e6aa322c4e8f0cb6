"""Without any extra: what is imported, and what is said."""

from __future__ import annotations

import subprocess
import sys

CODE = r"""
import sys
for name in '''aiohttp ctranslate2 faiss gguf grpc loguru numpy openai pynvml safetensors tenacity
                tokenizers torch transformers tritonclient'''.split():
    sys.modules[name] = None
from portalis.translation.nemo_service import BackendError, InferenceConfig, NeMoService
for path in ("http://127.0.0.1:9/v1", "triton://127.0.0.1:9/m"):
    service = NeMoService(path, InferenceConfig(batch_size=4, cache=False))
    service.cleanup()
    try:
        service.initialize()
    except BackendError as error:
        print(error, "|", error.hint)
"""


def test_the_service_is_importable_and_says_what_to_install() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert first.endswith("is not installed | pip install 'portalis[remote]'")
    assert second == first
