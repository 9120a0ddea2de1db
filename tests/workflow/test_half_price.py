"""The workflow with `openai.mode: batch` against a server that plays the Batch API."""

import time

from tests.loopback import LoopbackServer
from tests.loopback_batches import Batches
from tests.workflow.conftest import kill_group

CALLS = 4
MERGED = ("results/intelligence.db",)


def test_a_killed_run_waits_for_its_batch_and_what_the_next_one_refuses_is_asked_live(project, tmp_path):
    project.configure(
        extractor="openai", openai="{mode: batch, batch_poll_seconds: 0.2, requests_per_minute: 100000}"
    )
    played = Batches(looks=10_000)
    with LoopbackServer(batches=played) as server:
        variables = {
            "OPENAI_API_KEY": "sk-canary-4f1c2b7e9d",
            "OPENAI_BASE_URL": server.url,
            "XDG_STATE_HOME": str(tmp_path / "state"),
        }
        planned = project.run("-n", *MERGED, **variables)
        assert played.created == [] and played.files == {}
        process = project.start(*MERGED, **variables)
        deadline = time.monotonic() + 60
        while not any(one["looks"] for one in played.batches.values()) and time.monotonic() < deadline:
            time.sleep(0.1)
        kill_group(process)
        played.looks = 1
        resumed = project.run(*MERGED, **variables)
        first, live = list(played.created), len(server.calls)
        refused = {}
        played.refuse = lambda line: refused.setdefault("id", line["custom_id"]) == line["custom_id"]
        project.write("ana", "Soy jefa de recepción. Uso Opera, Excel y el correo todo el día.")
        changed = project.run(*MERGED, **variables)
        idle = project.run("-n", *MERGED, **variables)

    rules = ("submit_requests", "collect_answers", "extract_interview")
    assert planned.did(*rules) == dict.fromkeys(rules, 1) | {"extract_interview": 3}
    assert resumed.status == 0, resumed.output[-2000:]
    assert len(first) == 1 and len(played.created) == 2
    assert changed.status == 0 and changed.did(*rules) == dict.fromkeys(rules, 1)
    assert live == 0 and len(server.calls) == 1
    assert len(played.answered) == 4 * CALLS - 1
    assert "Nothing to be done" in idle.output
