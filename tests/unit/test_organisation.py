"""Companies, units and departments under their proper names."""

import pytest

from intelligence_capture.errors import SettingsError
from intelligence_capture.organisation import Organisation, load_organisation
from intelligence_capture.records import Meta

FILE = """
companies:
  - name: Hotel Sol
    aliases: [Sol, Hotel del Sol]
    business_units:
      - name: Operaciones
        departments:
          - {name: Recepción, aliases: [front desk], roles: [Jefa de recepción]}
"""


@pytest.fixture
def organisation(tmp_path):
    (tmp_path / "o.yaml").write_text(FILE, "utf-8")
    return load_organisation(tmp_path / "o.yaml")


def test_an_alias_becomes_the_name_whatever_its_case_and_accents(organisation):
    place = organisation.place(Meta(company="HOTEL DEL SÓL", department="Front Desk"))

    assert (place.company, place.business_unit, place.department, place.known) == (
        "Hotel Sol", "Operaciones", "Recepción", True,
    )  # fmt: skip


def test_a_role_names_the_department_where_nothing_else_does(organisation):
    assert organisation.place(Meta(company="Sol", role="jefa de recepcion")).department == "Recepción"


def test_an_unknown_company_stays_as_it_is_written_and_is_unknown(organisation):
    place = organisation.place(Meta(company="Luna", department="X"))

    assert (place.company, place.department, place.known) == ("Luna", "X", False)


def test_without_a_file_everything_is_known():
    assert Organisation().place(Meta(company="Luna")).known


def test_a_wrong_file_is_named_with_its_place(tmp_path):
    (tmp_path / "o.yaml").write_text("companies: [{nam: x}]", "utf-8")

    with pytest.raises(SettingsError, match=r"o\.yaml: companies\.0"):
        load_organisation(tmp_path / "o.yaml")
