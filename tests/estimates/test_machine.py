"""What a machine has to train on, as its own tools tell."""

import os

import pytest

from tfplay.estimates.machine import machine, measure_products_per_second


@pytest.fixture
def two_gpus(monkeypatch, tmp_path):
    """NVIDIA's command, which tells of two GPUs, or of the second alone."""
    command = tmp_path / "nvidia-smi"
    command.write_text('#!/bin/sh\n[ "$3" = --id=1 ] || echo 40000\necho 80000\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    machine.cache_clear()
    yield
    machine.cache_clear()


@pytest.mark.parametrize(("visible", "megabytes"), [(None, 40000), ("1", 80000)])
def test_a_gpus_memory_is_that_of_the_first_that_may_be_used(
    two_gpus, monkeypatch, visible, megabytes
):
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    if visible:
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert machine() == (megabytes * 2**20, True)


@pytest.mark.parametrize("visible", ["", "-1"])
def test_gpus_that_are_hidden_are_not_counted_on(two_gpus, monkeypatch, visible):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert not machine().has_gpu


@pytest.mark.parametrize(
    ("own", "file"),
    [
        ("0::/\n", "memory.max"),
        ("0::/system.slice/tfplay.service\n", "system.slice/tfplay.service/memory.max"),
        ("9:name=systemd:/\n4:memory:/box\n", "memory/box/memory.limit_in_bytes"),
        ("4:memory:/box\n", "memory/memory.limit_in_bytes"),
    ],
)
def test_the_memory_is_no_more_than_a_container_or_a_service_may_use(
    tmp_path, monkeypatch, own, file
):
    (tmp_path / "own").write_text(own)
    limit = tmp_path / "cgroups" / file
    limit.parent.mkdir(parents=True)
    limit.write_text("123456789\n")
    monkeypatch.setattr("tfplay.estimates.machine._OWN_CGROUPS", tmp_path / "own")
    monkeypatch.setattr("tfplay.estimates.machine._CGROUPS", tmp_path / "cgroups")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    machine.cache_clear()
    assert machine().memory == 123_456_789
    limit.write_text("max\n")
    machine.cache_clear()
    assert machine().memory > 2**30
    machine.cache_clear()


def test_this_machine_has_memory_and_multiplies():
    assert machine().memory > 2**30
    assert measure_products_per_second() > 1e8
