"""Readers of long tables of indicators: a row for each area, period and measure."""

from __future__ import annotations

from functools import partial

from careassure.catalogue.readers.figures import Form, read_figures
from careassure.tables.reader import Reader

_TIDY = Form(
    needed=("area_code", "area_name", "period", "indicator"),
    area=("area_code",),
    name=("area_name",),
    period=("period",),
    indicator=("indicator",),
    value=("value",),
    unit=("measure",),
    groups=("unit",),
)
_ASCOF = Form(
    needed=("Geographical Code", "Geographical Description", "ASCOF Measure Code", "Measure Type"),
    area=("ONS Area Code", "ONS Code"),
    name=("Geographical Description",),
    period=("Year", "Financial Year", "Reporting Period", "Period"),
    indicator=("ASCOF Measure Code",),
    value=("Measure Value",),
    title=("Measure Group Description",),
    part=("Measure Type",),
    groups=("Disaggregation Level", "Measure Group"),
)
_OFLOG = Form(
    needed=("Financial year", "Local authority code", "Local authority name", "Measure", "Code"),
    area=("Local authority code",),
    name=("Local authority name",),
    period=("Financial year",),
    indicator=("Code",),
    value=("Value",),
    title=("Measure",),
    groups=("Grouping",),
)
_PLAIN = Form(
    needed=("area",),
    area=("area", "area_code"),
    name=("name", "area_name"),
    period=("period", "year"),
    indicator=("indicator", "measure"),
    value=("value",),
    alone=True,
    beside=(
        "scope",
        "source",
        "base",
        "margin_of_error",
        "numerator",
        "denominator",
        "supersedes",
        "challenged_by",
        "challenge",
    ),
)
_ASC_FR = Form(
    needed=("FY_Ending", "CASSR_CODE", "GEOGRAPHY_CODE"),
    area=("GEOGRAPHY_CODE",),
    period=("FY_Ending",),
    indicator=("DataType_KEY",),
    value=("ItemValue",),
    groups=(
        "AgeBand_KEY",
        "PrimarySupportReason_KEY",
        "CareType_KEY",
        "SupportSetting_KEY",
        "Purpose_KEY",
        "ActivityProvision_KEY",
    ),
)


def _reader(form: Form, id: str, title: str, about: str, source: str) -> Reader:
    return Reader(id, title, about, source, form.fits, partial(read_figures, form, title))


INDICATOR_READERS = (
    _reader(
        _ASCOF,
        "ascof",
        "Measures from the adult social care outcomes framework",
        "A row for each area, measure and part of it: outcome, numerator, denominator, base, margin of error.",
        "NHS England, https://digital.nhs.uk/data-and-information/publications/statistical/"
        "adult-social-care-outcomes-framework-ascof",
    ),
    _reader(
        _OFLOG,
        "oflog",
        "Indicators as Oflog published them",
        "A row for each council, year and measure. The medians and distances that stand beside them are not kept.",
        "Oflog (Ministry of Housing, Communities and Local Government), https://oflog.data.gov.uk",
    ),
    _reader(
        _ASC_FR,
        "asc-fr",
        "Activity and finance of adult social care",
        "A row for each council and combination of numbered keys. What a key number means is in the publisher's list.",
        "NHS England, https://digital.nhs.uk/data-and-information/publications/statistical/"
        "adult-social-care-activity-and-finance-report",
    ),
    _reader(
        _TIDY,
        "tidy-indicators",
        "A tidy table of indicators",
        "A row for each area, period and indicator, with columns area_code, area_name, period, indicator and value.",
        "Councils' own open data, such as https://www.trafforddatalab.io",
    ),
    _reader(
        _PLAIN,
        "area-values",
        "A number for each area",
        "A row for each area with its number. It may say the name, the period, the indicator, who is counted, "
        "the source, what it rests on, what it replaces, and who disputes it.",
        "Tables that people make themselves",
    ),
)
"""The readers of such tables."""
