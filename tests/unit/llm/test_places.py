"""What is said before paid calls where store or limits lie badly; nothing where they lie well."""

from pathlib import Path

import pytest

from intelligence_capture.llm.places import place_warnings
from intelligence_capture.settings import Settings

MOUNTS = {
    "local": "/dev/vda1 / ext4 rw 0 0\n",
    "shared": "filer:/ / nfs4 rw,local_lock=none 0 0\n",
    "without locks": "filer:/ / nfs rw,nolock 0 0\n",
    "shared but for the limits": "filer:/ / nfs4 rw 0 0\n/dev/vda1 /scratch ext4 rw 0 0\n",
}


@pytest.fixture
def warn(tmp_path):
    def warnings(
        mounts: str, *, many_machines: bool = False, limits: str = "/scratch/limits", **openai
    ) -> list[str]:
        table = tmp_path / "mounts"
        table.write_text(MOUNTS[mounts], "utf-8")
        settings = Settings.model_validate({"extractor": "openai", "openai": openai})
        return place_warnings(settings, many_machines=many_machines, limits=Path(limits), table=table)

    return warnings


def test_one_machine_with_its_own_disk_hears_nothing(warn):
    assert warn("local") == []


def test_a_shared_store_and_a_redis_leave_the_locks_to_be_checked(warn):
    (store,) = warn("shared", many_machines=True, redis_url="redis://limits:6379/0")

    assert "nfs4" in store and "Check once" in store and "docs/cluster.md" in store


def test_a_store_without_locks_may_pay_twice(warn):
    (store,) = warn("without locks", redis_url="redis://limits:6379/0")

    assert "paid for twice" in store


def test_limits_counted_on_a_network_file_system_are_not_safe(warn):
    _, limits = warn("shared")

    assert "/scratch/limits" in limits and "openai.redis_url" in limits and "XDG_STATE_HOME" in limits


def test_limits_on_many_machines_hold_on_each_for_itself(warn):
    _, limits = warn("shared but for the limits", many_machines=True)

    assert "each machine for itself" in limits and "openai.redis_url" in limits


def test_a_store_on_a_disk_of_this_machine_is_not_found_by_others(warn):
    store, _ = warn("local", many_machines=True)

    assert "do not find it" in store


def test_the_offline_extractor_pays_nothing_and_hears_nothing(tmp_path):
    assert place_warnings(Settings(), many_machines=True, table=tmp_path / "no table") == []
