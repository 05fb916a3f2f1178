import os

import pytest

from tfplay.jobs.devices import NO_GPU, describe_device, find_devices, memory_in_use


@pytest.mark.parametrize(
    ("visible", "devices"),
    [("", [NO_GPU]), ("-1", [NO_GPU]), ("1", ["1"]), ("0, GPU-7", ["0", "GPU-7"])],
)
def test_gpus_are_those_that_the_environment_lets_us_see(monkeypatch, visible, devices):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert find_devices() == devices


def test_otherwise_they_are_those_of_the_machine(monkeypatch, tmp_path):
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    command = tmp_path / "nvidia-smi"
    command.write_text("#!/bin/sh\necho NVIDIA H200\necho NVIDIA H200\n")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert find_devices() == ["0", "1"]
    command.write_text("#!/bin/sh\nexit 9\n")
    assert find_devices() == [NO_GPU]


def test_the_device_and_its_memory_are_told():
    assert describe_device().startswith(("CPU, ", "NVIDIA"))
    assert memory_in_use() > 1_000_000
