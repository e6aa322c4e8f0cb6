"""`.nemo` archives: one made of a tiny model answers as its folder does, and hostile ones are contained."""

from __future__ import annotations

import io
import json
import pickle
import tarfile
from pathlib import Path

import pytest
import yaml

torch = pytest.importorskip("torch", reason="the extra `model` is not installed")
pytest.importorskip("transformers", reason="the extra `model` is not installed")

from portalis.translation.backends.local import TransformersBackend  # noqa: E402
from portalis.translation.backends.protocol import BackendError, Message, Sampling  # noqa: E402
from portalis.translation.inference_config import InferenceConfig  # noqa: E402

HASH = "0123456789abcdef0123456789abcdef_"
PROMPT = [(Message("user", "def add(a, b):"),)]
GREEDY = Sampling(max_tokens=12, temperature=0)


class Archive:
    """A `.nemo` archive in the making."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.files: dict[str, bytes] = {}
        self.others: list[tarfile.TarInfo] = []

    def written(self) -> Path:
        with tarfile.open(self.path, "w") as tar:
            for name, data in self.files.items():
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
            for other in self.others:
                tar.addfile(other)
        return self.path


def settings_of(folder: Path) -> dict[str, object]:
    return json.loads((folder / "config.json").read_text())


def weights(state: object) -> bytes:
    data = io.BytesIO()
    torch.save(state, data)
    return data.getvalue()


@pytest.fixture
def archive(tiny_folder, tmp_path):
    from safetensors.torch import load_file

    made = Archive(tmp_path / "model.nemo")
    made.files["./model_config.yaml"] = yaml.safe_dump({"hf_config": settings_of(tiny_folder)}).encode()
    made.files["./model_weights.ckpt"] = weights(load_file(tiny_folder / "model.safetensors"))
    for name in ("tokenizer.json", "tokenizer_config.json"):
        made.files[f"./{HASH}{name}"] = (tiny_folder / name).read_bytes()
    return made


@pytest.fixture
def config(model_cache):
    return InferenceConfig(use_gpu=False, cache_dir=model_cache)


def answers(path: Path, config: InferenceConfig):
    backend = TransformersBackend(str(path), config)
    backend.load()
    return backend.complete(PROMPT, GREEDY)


def refusal(archive: Archive, config: InferenceConfig) -> BackendError:
    with pytest.raises(BackendError) as refused:
        TransformersBackend(str(archive.written()), config).load()
    return refused.value


def test_an_archive_answers_as_the_folder_it_was_made_of(archive, tiny_folder, config):
    assert answers(archive.written(), config) == answers(tiny_folder, config)


@pytest.mark.parametrize("prefix", ["model.", "module."])
def test_names_of_weights_may_have_a_prefix(archive, tiny_folder, config, prefix):
    from safetensors.torch import load_file

    state = {prefix + name: value for name, value in load_file(tiny_folder / "model.safetensors").items()}
    archive.files["./model_weights.ckpt"] = weights({"state_dict": state})
    assert answers(archive.written(), config) == answers(tiny_folder, config)


def test_weights_may_be_safetensors_and_settings_a_config_json(archive, tiny_folder, config):
    del archive.files["./model_weights.ckpt"]
    archive.files["model.safetensors"] = (tiny_folder / "model.safetensors").read_bytes()
    archive.files["./model_config.yaml"] = b"name: tiny\n"
    archive.files["config.json"] = (tiny_folder / "config.json").read_bytes()
    assert answers(archive.written(), config) == answers(tiny_folder, config)


@pytest.mark.parametrize("change", ["missing", "too many", "shape"])
def test_weights_that_are_not_the_models_are_refused(archive, tiny_folder, config, change):
    from safetensors.torch import load_file

    state = load_file(tiny_folder / "model.safetensors")
    name = "model.layers.0.mlp.up_proj.weight"
    if change == "missing":
        del state[name]
    elif change == "too many":
        state["model.layers.0.extra"] = torch.zeros(1)
    else:
        state[name] = state[name][:, :3].clone()
    archive.files["./model_weights.ckpt"] = weights(state)
    assert "weights" in str(refusal(archive, config))


@pytest.mark.parametrize(
    "name",
    ["tp_rank_00_pp_rank_000/model_weights.ckpt", "model_weights/metadata.json", "weights/__0_0.distcp"],
)
def test_megatron_pieces_are_refused_with_the_way_to_export(archive, config, name):
    del archive.files["./model_weights.ckpt"]
    archive.files[name] = b"x"
    refused = refusal(archive, config)
    assert "Megatron" in str(refused)
    assert "export" in refused.hint


def test_megatron_weights_and_settings_are_refused_with_the_way_to_export(archive, config):
    archive.files["./model_weights.ckpt"] = weights(
        {"model.decoder.layers.0.self_attention.linear_qkv.weight": torch.zeros(2, 2)}
    )
    assert "Megatron" in str(refused := refusal(archive, config)) and "export" in refused.hint
    target = "nemo.collections.nlp.models.language_modeling.megatron_gpt_model.MegatronGPTModel"
    archive.files["./model_config.yaml"] = yaml.safe_dump({"target": target, "hidden_size": 2048}).encode()
    assert target in str(refused := refusal(archive, config)) and "export" in refused.hint


@pytest.mark.parametrize("name", ["../escaped.txt", "/tmp/portalis-escaped.txt", "a/../../escaped.txt"])
def test_paths_that_lead_out_are_refused(archive, config, tmp_path, name):
    archive.files[name] = b"out"
    assert "leads out" in str(refusal(archive, config))
    assert not list(tmp_path.parent.rglob("*escaped.txt"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(archive, config, kind):
    other = tarfile.TarInfo("tokenizer.model")
    other.type, other.linkname = kind, "/etc/passwd"
    archive.others.append(other)
    assert "link or a device" in str(refusal(archive, config))


def test_a_pickle_that_calls_is_not_called(archive, config, tmp_path):
    mark = tmp_path / "called"

    class Hostile:
        def __reduce__(self):
            return (Path.touch, (mark,))

    for data in (weights({"a": Hostile()}), pickle.dumps(Hostile()), weights([1, 2]), b"no pickle"):
        archive.files["./model_weights.ckpt"] = data
        assert "weights" in str(refusal(archive, config))
        assert not mark.exists()


def test_settings_that_make_objects_are_refused(archive, config, tmp_path):
    mark = tmp_path / "called"
    archive.files["./model_config.yaml"] = f"!!python/object/apply:os.system ['touch {mark}']".encode()
    assert "can't be read" in str(refusal(archive, config))
    assert not mark.exists()


@pytest.mark.parametrize("name", ["model_config.yaml", "model_weights.ckpt", "tokenizer.json"])
def test_two_files_of_one_name_are_refused(archive, config, name):
    archive.files[f"other/{name}"] = b"{}"
    assert f"two files named {name}" in str(refusal(archive, config))


def test_what_is_no_archive_is_refused(archive, config, tmp_path):
    whole = archive.written().read_bytes()
    for data in (b"", b"no tar", whole[:3000], whole[: len(whole) // 2]):
        archive.path.write_bytes(data)
        with pytest.raises(BackendError):
            TransformersBackend(str(archive.path), config).load()
    archive.files.clear()
    archive.files["readme"] = b"x"
    assert "model_config.yaml" in str(refusal(archive, config))
