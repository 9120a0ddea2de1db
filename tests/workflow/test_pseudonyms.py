"""The real workflow with pseudonyms on, against a server that keeps what it hears."""

import pytest

from tests.unit.llm.test_pseudonyms import ListeningServer, spoken_of

CALLS = 4


@pytest.fixture
def private(project, tmp_path):
    """A project that asks a model, with two interviews and a map of names."""
    project.state = str(tmp_path / "state")
    for path in (project.folder / "data" / "interviews").glob("*.json"):
        path.unlink()
    project.write("Petronila Quispe", "Le aviso a Zenobia por correo.\nUso Opera, mi DNI es 45678912.")
    project.write("Tito Mamani", "El cierre lo hace Petronila a mano.\nEl sistema se cae los lunes.")
    project.configure(
        extractor="openai",
        openai="{requests_per_minute: 100000}",
        graph="{judge: model}",
        pseudonyms="{map: private/names.csv}",
    )
    write_map(project, "Herminia")
    return project


def write_map(project, *names):
    folder = project.folder / "private"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "names.csv").write_text("\n".join(["name", *names]) + "\n", "utf-8")


def run(project, server, *arguments):
    return project.run(
        *arguments, OPENAI_API_KEY="k", OPENAI_BASE_URL=server.url, XDG_STATE_HOME=project.state
    )


def test_a_new_name_in_the_map_repeats_the_interviews_that_have_it_and_no_name_leaves_the_folder(private):
    with ListeningServer() as server:
        first = run(private, server)
        assert "Zenobia" in spoken_of(server)
        calls = len([call for call in server.calls if call["schema"] not in ("same_thing", "contradiction")])
        second = run(private, server)
        write_map(private, "Herminia", "Zenobia")
        server.received = b""
        server.calls.clear()
        third = run(private, server)

    heard = spoken_of(server)
    again = [call for call in server.calls if call["schema"] not in ("same_thing", "contradiction")]
    assert first.status == second.status == third.status == 0, third.output
    assert calls == 2 * CALLS and not second.did("extract_interview")
    assert third.did("extract_interview") == {"extract_interview": 1} and len(again) == CALLS
    assert not [name for name in ("Petronila", "Quispe", "Zenobia", "45678912") if name in heard]
    # Names of files stand in Snakemake's own logs; what the map and the answers say does not.
    told = [private.folder / ".snakemake", private.folder / "logs", private.folder / "responses"]
    files = [file for folder in told for file in folder.rglob("*") if file.is_file()]
    key = (private.folder / "private" / "pseudonyms.key").read_bytes().strip()
    for secret in (b"Herminia", b"45678912", key):
        assert not [file for file in files if secret in file.read_bytes()]


def test_a_map_that_others_can_read_stops_the_run_before_a_call(private):
    folder = private.folder / "private"
    folder.chmod(0o755)
    (folder / "names.csv").chmod(0o644)
    with ListeningServer() as server:
        refused = run(private, server)

    assert refused.status != 0 and "chmod 600 names.csv" in refused.output and not server.calls


def test_an_empty_section_on_the_command_line_turns_them_on_where_the_config_says_null(private):
    private.configure(
        extractor="openai", openai="{requests_per_minute: 100000}", graph="{judge: rules}", pseudonyms="null"
    )
    with ListeningServer() as server:
        done = run(private, server, "merge_database", "--config", "pseudonyms={}")

    assert done.status == 0, done.output
    assert server.calls and not [name for name in ("Petronila", "45678912") if name in spoken_of(server)]
