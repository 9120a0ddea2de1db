"""The workflow on a real Slurm of several nodes on loopback, one of which dies: `make slurm`."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.cluster.conftest import CALLS, KEY
from tests.conftest import ROOT
from tests.loopback import LoopbackServer

INTERVIEWS = 8
PROFILE = ("--profile", "profiles/slurm", "--slurm-status-command", "squeue")


class Slurm:
    """A Slurm in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.configuration = str(folder / "slurm.conf")

    def do(self, command: str, *arguments: str) -> str:
        script = ROOT / "tests" / "cluster" / "slurm.sh"
        # Daemons inherit what the script writes to: no pipe that somebody waits for.
        with (self.folder / f"{command}.log").open("w+") as log:
            subprocess.run([script, command, self.folder, *arguments], stdout=log, stderr=log, check=True)
            log.seek(0)
            return log.read()

    def busy_nodes(self) -> list[str]:
        """The node of every job that runs."""
        command = ["squeue", "-h", "-t", "R", "-o", "%N"]
        environment = {"SLURM_CONF": self.configuration, "PATH": "/usr/bin:/bin"}
        return subprocess.run(command, env=environment, capture_output=True, text=True).stdout.split()

    def restarts(self) -> int:
        """How often a job started again, because its node died."""
        command = ["scontrol", "show", "jobs", "-o"]
        environment = {"SLURM_CONF": self.configuration, "PATH": "/usr/bin:/bin"}
        jobs = subprocess.run(command, env=environment, capture_output=True, text=True).stdout
        return sum(
            int(job.partition("Restarts=")[2].split()[0]) for job in jobs.splitlines() if "Restarts=" in job
        )


@pytest.fixture
def slurm(tmp_path_factory):
    if not shutil.which("slurmctld"):
        pytest.fail("Slurm is not installed: `make slurm` does it")
    cluster = Slurm(tmp_path_factory.mktemp("slurm"))
    cluster.folder.chmod(0o755)
    cluster.do("start")
    yield cluster
    cluster.do("stop")


def test_a_node_that_dies_costs_no_answer_that_was_on_disk(slurm, make_paying):
    project, alone = make_paying("on slurm", INTERVIEWS), make_paying("alone", INTERVIEWS)
    with LoopbackServer(latency=4.0) as server:
        begun = time.monotonic()
        process = project.start(*PROFILE, **project.variables(server, SLURM_CONF=slurm.configuration))
        in_flight = kill_a_busy_node(slurm, server)
        output, _ = process.communicate(timeout=900)
        seconds = time.monotonic() - begun
        calls, peak = len(server.accepted), server.peak
        server.latency = 0.0
        reference = alone.run(**alone.variables(server))

    print(
        f"{INTERVIEWS} interviews, {calls} calls billed, {project.repeated()} of them repeated, "
        f"{in_flight} in flight when the node died, at most {peak} in flight, "
        f"{slurm.restarts()} jobs started again, {seconds:.0f} s"
    )
    assert process.returncode == 0, output[-3000:]
    assert slurm.restarts() >= 1
    assert 2 <= peak <= 4
    assert max(project.answers().values()) == 1 and len(project.answers()) == INTERVIEWS * CALLS
    assert calls == INTERVIEWS * CALLS + project.repeated() <= INTERVIEWS * CALLS + in_flight
    assert reference.status == 0 and project.dump() == alone.dump()
    assert project.nothing_to_do()
    assert "counted by each machine for itself" in output
    assert KEY not in output and project.files_with(KEY) == []


def kill_a_busy_node(slurm: Slurm, server: LoopbackServer) -> int:
    """Kill a node with calls in flight; how many calls the whole cluster had in flight then."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        # Some answers are on disk, and every job is in a call or close to one.
        if server.in_flight >= 3 and len(server.accepted) >= 6 and (nodes := slurm.busy_nodes()):
            in_flight = server.in_flight
            slurm.do("kill", nodes[0])
            return in_flight
        time.sleep(0.1)
    pytest.fail("the jobs never made calls together")
