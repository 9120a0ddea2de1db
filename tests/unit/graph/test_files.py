"""The files by which people steer the graph: each mistake named with its place."""

import pytest

from intelligence_capture.errors import CatalogueError, SettingsError
from intelligence_capture.graph.naming import load_names
from intelligence_capture.graph.relation_table import load_relations
from intelligence_capture.graph.reviews import load_reviews
from tests.conftest import ROOT


def test_the_catalogue_comes_with_all_relations_between_its_types(catalogue):
    relations = load_relations(ROOT / "ontology", catalogue)

    assert len({(row.source, row.relation) for row in relations}) == 24
    assert all(field in catalogue[row.source].fields for row in relations for field in row.fields)
    assert all(
        any(field in catalogue[target].fields for target in row.targets)
        for row in relations
        for field in row.target_fields
    )


def test_every_type_of_names_is_in_the_catalogue(catalogue):
    assert set(load_names(ROOT / "ontology").types) <= set(catalogue.tables)


def test_a_folder_without_the_files_gives_no_names_and_no_relations(tmp_path, catalogue):
    assert load_names(tmp_path).types == {}
    assert load_relations(tmp_path, catalogue) == ()


def test_a_misspelt_key_is_named(tmp_path, catalogue):
    (tmp_path / "_names.yaml").write_text("types: {systems: {shard: true}}", "utf-8")
    (tmp_path / "_relations.yaml").write_text("- {source: systems, relation: x, target: [y]}", "utf-8")

    with pytest.raises(CatalogueError, match=r"types\.systems\.shard"):
        load_names(tmp_path)
    with pytest.raises(CatalogueError, match=r"row 0\.targets"):
        load_relations(tmp_path, catalogue)


def test_a_wrong_review_is_named_with_its_line(tmp_path):
    path = tmp_path / "merges.csv"
    path.write_text("action,type,a,b\nforce,systems,Opera,PMS\n\nmerge,systems,a,b\n", "utf-8")

    with pytest.raises(SettingsError, match="line 4: action"):
        load_reviews(path)


def test_reviews_are_read_in_one_order_and_none_where_there_is_no_file(tmp_path):
    path = tmp_path / "merges.csv"
    path.write_text("\ufeffaction,type,a,b,note\nforce,systems,Opera,PMS,\nforbid,roles,x,y,no\n", "utf-8")

    assert [review.action for review in load_reviews(path)] == ["forbid", "force"]
    assert load_reviews(tmp_path / "none.csv") == ()
