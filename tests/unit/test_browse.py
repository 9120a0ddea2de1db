"""The questions of the pages as canned queries of Datasette."""

from docs.browse import configuration
from tests.conftest import ROOT

PAGE = """
Some text.

Who approves what?
Some stated it.

```sql
select 1;
```

Who contradicts whom?

```sql graph
select 2;
```
"""


def test_each_question_is_a_query_of_the_database_that_answers_it():
    assert configuration([PAGE]) == {
        "databases": {
            "intelligence": {
                "queries": {
                    "who-approves-what": {
                        "title": "Who approves what?",
                        "description": "Some stated it.",
                        "sql": "select 1;",
                    }
                }
            },
            "knowledge_graph": {
                "queries": {
                    "who-contradicts-whom": {
                        "title": "Who contradicts whom?",
                        "description": "",
                        "sql": "select 2;",
                    }
                }
            },
        }
    }


def test_every_question_of_the_pages_has_a_name_of_its_own():
    pages = [page.read_text("utf-8") for page in sorted((ROOT / "docs").glob("*.md"))]
    databases = configuration(pages)["databases"]

    found = sum(len(database["queries"]) for database in databases.values())
    assert found == sum(page.count("```sql") for page in pages) >= 15
