"""The workflow on a scheduler with a submit command, played by a script: `make slurm` runs it first."""

from tests.cluster.conftest import CALLS
from tests.conftest import ROOT
from tests.loopback import LoopbackServer

SUBMIT = ROOT / "tests" / "cluster" / "submit.sh"


def test_every_interview_is_a_job_of_the_scheduler(make_paying, tmp_path):
    project, alone = make_paying("submitted", 2), make_paying("alone", 2)
    jobs = tmp_path / "jobs"
    jobs.mkdir()
    commands = (
        *("--cluster-generic-submit-cmd", f"{SUBMIT} {jobs}"),
        *("--cluster-generic-status-cmd", f"{SUBMIT} {jobs} status"),
    )
    with LoopbackServer() as server:
        variables = project.variables(server)
        run = project.run(
            "--profile", "profiles/generic", *commands, "--seconds-between-status-checks", "1", **variables
        )
        calls = len(server.accepted)
        reference = alone.run(**alone.variables(server))

    assert run.status == 0, run.output[-3000:]
    assert calls == 2 * CALLS
    # Two extractions, the merge, the validation, the graph, the tables and the report; the rest is local.
    assert sorted(path.read_text("utf-8") for path in jobs.glob("*.status")) == ["0\n"] * 7
    assert reference.status == 0 and project.dump() == alone.dump()
    assert project.nothing_to_do()
