"""The workflow with its results in S3, on a server on loopback: `make s3`."""

import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.cluster.conftest import CALLS, KEY
from tests.loopback import LoopbackServer

SECRET = "canary-secret-5c02"  # noqa: S105 - of a server that lives as long as its test
PROFILE = ("-j", "4", "--profile", "profiles/s3", "--default-storage-prefix", "s3://captures/sol")


@pytest.fixture
def s3(tmp_path, free_port):
    """The address of an S3 server without a bucket."""
    server = Path(sys.executable).with_name("moto_server")
    if not server.exists():
        pytest.fail("the S3 server is not installed: `make s3` does it")
    url = f"http://127.0.0.1:{free_port}"
    with (tmp_path / "s3.log").open("w") as log:
        process = subprocess.Popen(
            [server, "-H", "127.0.0.1", "-p", str(free_port)], stdout=log, stderr=subprocess.STDOUT
        )
    wait_for_answer(url)
    yield url
    process.terminate()
    process.wait()


def wait_for_answer(url: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - loopback
        except URLError:
            assert time.monotonic() < deadline, "the S3 server does not answer"
            time.sleep(0.1)
        else:
            return


def account(url: str) -> dict[str, str]:
    return {"AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": SECRET}


def bucket(url: str):
    import boto3  # `make s3` installs it; the other tests are collected without it

    return boto3.resource(
        "s3", endpoint_url=url, aws_access_key_id="test", aws_secret_access_key=SECRET
    ).Bucket("captures")


def fetch(url: str, folder: Path) -> None:
    """Bring the two databases from S3 to where a run on this machine puts them."""
    for name in ("intelligence.db", "graph/knowledge_graph.db"):
        path = folder / "results" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        bucket(url).download_file(f"sol/results/{name}", str(path))


def test_results_in_s3_are_those_of_a_run_on_this_machine(s3, make_paying):
    project, alone = make_paying("in s3", 3), make_paying("alone", 3)
    with LoopbackServer() as server:
        run = project.run(*PROFILE, **project.variables(server, **account(s3)))
        calls = len(server.accepted)
        kept_here = sorted(path.suffix for path in (project.folder / "results").rglob("*.db"))
        shutil.rmtree(project.folder / "results")  # as on a machine that has not run this before
        again = project.run(*PROFILE, **project.variables(server, **account(s3)))
        project.write("p1", "Uso SAP en el turno uno. El sistema se cae los martes.")
        changed = project.run(*PROFILE, **project.variables(server, **account(s3)))
        alone.write("p1", "Uso SAP en el turno uno. El sistema se cae los martes.")
        reference = alone.run(**alone.variables(server))
    fetch(s3, project.folder)

    assert run.status == 0, run.output[-3000:]
    assert calls == 3 * CALLS and kept_here == []
    assert again.status == 0 and again.jobs == {}
    assert changed.status == 0 and changed.did("extract_interview") == {"extract_interview": 1}
    assert reference.status == 0 and project.dump() == alone.dump()
    assert {"sol/results/reports/dashboard.html", "sol/results/extracted/p1.json"} <= {
        item.key for item in bucket(s3).objects.all()
    }
    for secret in (KEY, SECRET):
        assert secret not in run.output + changed.output and project.files_with(secret) == []


def test_an_address_that_jobs_would_not_hear_of_is_refused_before_anything_runs(s3, make_paying):
    project = make_paying("in s3", 1)
    option = ("--storage-s3-endpoint-url", s3)
    with LoopbackServer() as server:
        run = project.run(*PROFILE, *option, **project.variables(server))

    assert run.status != 0 and f"export AWS_ENDPOINT_URL={s3}" in run.output
    assert server.calls == [] and run.jobs == {}


def test_what_works_on_a_folder_says_so_where_results_lie_in_s3(s3, make_paying):
    project = make_paying("in s3", 1)
    with LoopbackServer() as server:
        run = project.run(*PROFILE, "clean_results", **project.variables(server, **account(s3)))

    assert run.status != 0 and "results lie in s3://captures/sol" in run.output
