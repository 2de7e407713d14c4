# Made from the table in __init__.py, for type checkers: see tests/api/test_stubs.py.

from careassure.figures.applications import Application as Application
from careassure.figures.applications import ApplicationList as ApplicationList
from careassure.figures.applications import Criterion as Criterion
from careassure.figures.applications import read_applications as read_applications
from careassure.figures.applications import read_criteria as read_criteria
from careassure.figures.backlogs import Backlog as Backlog
from careassure.figures.backlogs import Period as Period
from careassure.figures.backlogs import backlog as backlog
from careassure.figures.backlogs import read_backlog as read_backlog
from careassure.figures.catalogue import england_values as england_values
from careassure.figures.catalogue import indicator as indicator
from careassure.figures.catalogue import indicator_values as indicator_values
from careassure.figures.catalogue import indicators as indicators
from careassure.figures.catalogue import metrics as metrics
from careassure.figures.claim_checks import ClaimCheck as ClaimCheck
from careassure.figures.claim_checks import check_claim as check_claim
from careassure.figures.claim_checks import counts_that_fit as counts_that_fit
from careassure.figures.claim_tables import ClaimLine as ClaimLine
from careassure.figures.claim_tables import ClaimTable as ClaimTable
from careassure.figures.claim_tables import check_claims as check_claims
from careassure.figures.cqc_metrics import Metric as Metric
from careassure.figures.cqc_metrics import MetricList as MetricList
from careassure.figures.distances import Thresholds as Thresholds
from careassure.figures.dols_queue import Dols as Dols
from careassure.figures.dols_queue import QueuedApplication as QueuedApplication
from careassure.figures.dols_queue import dols as dols
from careassure.figures.model import Bearing as Bearing
from careassure.figures.model import Indicator as Indicator
from careassure.figures.model import IndicatorKey as IndicatorKey
from careassure.figures.model import Value as Value
from careassure.figures.panel_members import Member as Member
from careassure.figures.panel_members import NotCompared as NotCompared
from careassure.figures.panel_tables import read_panel as read_panel
from careassure.figures.panels import Panel as Panel
from careassure.figures.panels import panel as panel
from careassure.figures.peers import Comparison as Comparison
from careassure.figures.peers import compare_indicator as compare_indicator
from careassure.figures.rated_services import RatedService as RatedService
from careassure.figures.rated_services import ServiceAges as ServiceAges
from careassure.figures.rated_services import service_ages as service_ages
from careassure.figures.rating_ages import NEVER as NEVER
from careassure.figures.rating_ages import AgeBand as AgeBand
from careassure.figures.rating_ages import Ages as Ages
from careassure.figures.rating_ages import AgeSpan as AgeSpan
from careassure.figures.rating_ages import ages as ages
from careassure.figures.rating_currency import Currency as Currency
from careassure.figures.rating_currency import CurrencyStep as CurrencyStep
from careassure.figures.rating_currency import currency as currency
from careassure.figures.readings import FileValues as FileValues
from careassure.figures.readings import values_in as values_in
from careassure.figures.service_lists import ServiceList as ServiceList
from careassure.figures.service_lists import read_services as read_services
from careassure.figures.statutory_clocks import Clock as Clock
from careassure.figures.statutory_clocks import clocks as clocks
from careassure.figures.statutory_clocks import due as due
from careassure.figures.stocks import Stock as Stock
from careassure.figures.stocks import stock as stock
from careassure.figures.survey_tables import read_survey as read_survey
from careassure.figures.surveys import Question as Question
from careassure.figures.surveys import ReplyShare as ReplyShare
from careassure.figures.surveys import Survey as Survey
from careassure.figures.surveys import share_of_replies as share_of_replies
from careassure.figures.trends import Trend as Trend
from careassure.figures.trends import trend as trend
from careassure.figures.wait_tables import WaitTable as WaitTable
from careassure.figures.wait_tables import read_waits as read_waits
from careassure.figures.waits import GroupWaits as GroupWaits
from careassure.figures.waits import WaitingTimes as WaitingTimes
from careassure.figures.waits import waiting_times as waiting_times
from careassure.figures.years import year_on_year as year_on_year
from careassure.files import read_neighbours as read_neighbours
from careassure.files import read_values as read_values
from careassure.model.shorthand import Suppressed as Suppressed

__all__ = [
    "NEVER",
    "AgeBand",
    "AgeSpan",
    "Ages",
    "Application",
    "ApplicationList",
    "Backlog",
    "Bearing",
    "ClaimCheck",
    "ClaimLine",
    "ClaimTable",
    "Clock",
    "Comparison",
    "Criterion",
    "Currency",
    "CurrencyStep",
    "Dols",
    "FileValues",
    "GroupWaits",
    "Indicator",
    "IndicatorKey",
    "Member",
    "Metric",
    "MetricList",
    "NotCompared",
    "Panel",
    "Period",
    "Question",
    "QueuedApplication",
    "RatedService",
    "ReplyShare",
    "ServiceAges",
    "ServiceList",
    "Stock",
    "Suppressed",
    "Survey",
    "Thresholds",
    "Trend",
    "Value",
    "WaitTable",
    "WaitingTimes",
    "ages",
    "backlog",
    "check_claim",
    "check_claims",
    "clocks",
    "compare_indicator",
    "counts_that_fit",
    "currency",
    "dols",
    "due",
    "england_values",
    "indicator",
    "indicator_values",
    "indicators",
    "metrics",
    "panel",
    "read_applications",
    "read_backlog",
    "read_criteria",
    "read_neighbours",
    "read_panel",
    "read_services",
    "read_survey",
    "read_values",
    "read_waits",
    "service_ages",
    "share_of_replies",
    "stock",
    "trend",
    "values_in",
    "waiting_times",
    "year_on_year",
]
