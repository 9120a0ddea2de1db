"""Interviews that share a job: each with its own file, its own failure and its own calls."""

from tests.loopback import Fault, LoopbackServer
from tests.workflow.test_paid_calls import CALLS, extractions, pay, paying  # noqa: F401 - a fixture


def contents(project):
    return {path.stem: path.read_bytes() for path in (project.folder / "results/extracted").glob("*.json")}


def batches_run(run):
    return sum(count for rule, count in run.jobs.items() if rule.startswith("extract_batch_"))


def test_a_batch_keeps_files_failures_and_calls_apart(paying):  # noqa: F811
    paying.configure(interviews_per_job="4", openai="{requests_per_minute: 100000, parallel_calls: 3}")
    paying.people(9)
    refusal = Fault("refusal", times=1, when=lambda body: "el turno 5" in str(body["messages"]))
    with LoopbackServer(latency=0.2, faults=[refusal]) as server:
        first = pay(paying, server)
        peak = server.peak
        statuses = {name: record["status"] for name, record in extractions(paying).items()}
        before = contents(paying)
        server.calls.clear()
        second = pay(paying, server)
        repeated = {call["interview"] for call in server.calls}
        repaired = contents(paying)
        server.calls.clear()
        paying.write("p3", "Ahora uso Salesforce y me llegan pedidos por correo.")
        paying.write("nueva", "Reviso facturas en SAP cada viernes.")
        # More calls in flight than the whole run may have: the job gets what there is.
        third = pay(paying, server, "--config", "openai={parallel_calls: 9}")
        after = contents(paying)
        paid = len(server.calls)
        dump = paying.dump()
        one_by_one = pay(paying, server, "--config", "interviews_per_job=1")

    # Two batches with three calls each do not fit into four.
    assert first.status != 0 and "p5.json" in first.output and peak == 3
    assert server.peak == 4
    assert statuses == {f"p{number}": "failed" if number == 5 else "ok" for number in range(9)}
    assert second.status == 0 and batches_run(second) == 1 and len(repeated) == 1
    assert {name for name in before if before[name] != repaired[name]} == {"p5"}
    assert third.status == 0 and batches_run(third) < batches_run(first) + 1
    assert {name for name in after if after[name] != repaired.get(name)} == {"p3", "nueva"}
    assert paid == 2 * CALLS
    assert one_by_one.status == 0 and one_by_one.did("extract_interview") == {"extract_interview": 10}
    assert len(server.calls) == paid and paying.dump() == dump
