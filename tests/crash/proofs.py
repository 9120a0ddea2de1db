"""The harness's own proof: for each broken variant, the part of the harness that has to catch it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.crash import variants
from tests.crash.sweeps import (
    crashed_and_resumed,
    decisive,
    extracted_folder,
    half_built_is_noticed,
    traced_extraction,
    twins,
)
from tests.crash.system_calls import published_unsynced
from tests.crash.trial import Plan, run_trial


@dataclass
class Proof:
    """How a variant is caught; `catches` says whether it was."""

    catches: Callable[[Path], bool]
    by_system_calls: bool = True


def _trial(plan: Plan) -> Callable[[Path], bool]:
    return lambda folder: bool(run_trial(folder, plan).problems)


def _unsynced(folder: Path) -> bool:
    folder.mkdir(parents=True)
    calls = traced_extraction(folder, variant="rename before fsync")
    return bool(published_unsynced(calls, folder=folder / "responses"))


def _unmarked(folder: Path) -> bool:
    (folder / "product").mkdir(parents=True)
    calls = traced_extraction(folder / "product")
    variants.apply("no mark of a call in flight", folder)
    written = [m for m in decisive(calls, folder / "product" / "responses") if m[0] == "write"]
    return bool(crashed_and_resumed(folder / "work", written[0], package=folder))


def _plain_inserts(folder: Path) -> bool:
    folder.mkdir(parents=True)
    return half_built_is_noticed(extracted_folder(folder), variant="plain inserts")


PROOFS = {
    "no lock": Proof(lambda folder: twins(folder, variant="no lock") > 0, by_system_calls=False),
    "no store": Proof(
        _trial(Plan(seed=7, strikes=2, modes=("group",), variant="no store")), by_system_calls=False
    ),
    "SDK retries on": Proof(
        _trial(Plan(seed=6, strikes=1, modes=("group",), variant="SDK retries on", fault_share=0.3)),
        by_system_calls=False,
    ),
    "plain inserts": Proof(_plain_inserts),
    "rename before fsync": Proof(_unsynced),
    "no mark of a call in flight": Proof(_unmarked),
}
