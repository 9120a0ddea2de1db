"""The organisation file: companies, business units and departments with the other names they go by."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from intelligence_capture.errors import SettingsError
from intelligence_capture.records import Meta, Record
from intelligence_capture.texts import fold
from intelligence_capture.yaml_files import read_yaml


class Named(Record):
    """A name and the other spellings of it; case, accents and punctuation never matter."""

    name: str
    aliases: tuple[str, ...] = ()

    def answers_to(self, text: str) -> bool:
        """Whether `text` is this name or one of its aliases."""
        return fold(text) in {fold(self.name), *map(fold, self.aliases)}


class Department(Named):
    """A department; `roles` are job titles that belong to it where the interview does not say."""

    roles: tuple[str, ...] = ()


class BusinessUnit(Named):
    """A business unit of a company and its departments."""

    departments: tuple[Department, ...] = ()


class Company(Named):
    """A company with its business units and departments."""

    business_units: tuple[BusinessUnit, ...] = ()
    departments: tuple[Department, ...] = ()


class Place(Record):
    """Where an interview belongs; `known` tells whether the organisation file has its company and unit."""

    company: str
    business_unit: str
    department: str
    known: bool


class Organisation(Record):
    """All companies of the file; without any, names stay as they are written."""

    companies: tuple[Company, ...] = ()
    shared_across_companies: tuple[str, ...] = ()

    def place(self, meta: Meta) -> Place:
        """The company, business unit and department of an interview under their proper names."""
        company = next((c for c in self.companies if c.answers_to(meta.company)), None)
        if company is None:
            return Place(
                company=meta.company,
                business_unit=meta.business_unit,
                department=meta.department,
                known=not self.companies or not meta.company,
            )
        unit = next((u for u in company.business_units if u.answers_to(meta.business_unit)), None)
        department = self._department(company, unit, meta)
        if unit is None and department is not None:
            unit = next((u for u in company.business_units if department in u.departments), None)
        return Place(
            company=company.name,
            business_unit=unit.name if unit else meta.business_unit,
            department=department.name if department else meta.department,
            known=bool(unit or not meta.business_unit),
        )

    @staticmethod
    def _department(company: Company, unit: BusinessUnit | None, meta: Meta) -> Department | None:
        units = (unit,) if unit else company.business_units
        departments = [d for u in units for d in u.departments] + list(company.departments)
        if meta.department:
            return next((d for d in departments if d.answers_to(meta.department)), None)
        role = fold(meta.role)
        return next((d for d in departments if role and role in map(fold, d.roles)), None)


def load_organisation(path: Path | None) -> Organisation:
    """The organisation in this file, or an empty one for None; SettingsError names what is wrong."""
    if path is None:
        return Organisation()
    try:
        return Organisation.model_validate(read_yaml(path) or {})
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}; correct `organisation` in config.yaml") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not readable as YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
