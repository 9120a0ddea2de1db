"""A codebook of another program becomes a catalogue, which runs; its codings go back as a project."""

from defusedxml.ElementTree import fromstring

from tests.unit.qda.readers import quotes_read, schema_errors

CODEBOOK = """<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
<Code guid="9fa9bcb7-5b59-47a9-8c3e-f65cffdc7520" name="Hojas" isCodable="false">
  <Code guid="d7aa29da-519b-4946-9b90-253b6db8fd0a" name="Excel" isCodable="true"/>
  <Code guid="d7aa29da-519b-4946-9b90-253b6db8fd0b" name="Select" isCodable="true"/></Code>
</Codes></CodeBook>"""


def test_a_codebook_that_is_imported_runs_and_goes_back_as_a_project(project):
    (project.folder / "mis códigos.qdc").write_text(CODEBOOK, "utf-8")

    imported = project.run("-j", "1", "import_codebook", "--config", "codebook=mis códigos.qdc")
    assert imported.status == 0 and "ontology_mis_codigos: 2 types" in imported.output, imported.output
    project.configure(ontology="ontology_mis_codigos")
    run = project.run("-j", "4", "all", "qda")

    assert run.status == 0, run.output[-3000:]
    assert "results/exports/project.qdpx: 3 interviews, 2 codings." in run.output
    said = [words for _, _, words in quotes_read(project.folder / "results/exports/project.qdpx")]
    assert sorted(said) == ["Cada lunes preparo el reporte de ventas en Excel", "Uso Opera y Excel"]
    codebook = fromstring((project.folder / "results/exports/codebook.qdc").read_bytes())
    assert schema_errors(codebook, "Codebook.xsd") == []
    assert [code.get("name") for code in codebook[0]] == ["Excel", "Select"]
