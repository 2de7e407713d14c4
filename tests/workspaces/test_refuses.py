"""What is wrong with a workspace: named with its file, row and column, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

import careassure as ca
from careassure.errors import InvalidWorkspaceError, ReadError
from plain_words import struck_out, too_long

from .folders import (
    DAY,
    NEEDED,
    Break,
    add,
    again,
    drop,
    example,
    instead,
    last_row,
    problems,
    put,
    raw,
    rows,
    save,
    swap,
)
from .read_once import tables_once

assert tables_once is not None  # a fixture

TOML = "workspace.toml"
Faults = dict[str, tuple[Break, str, str]]

LINKS: Faults = {
    "finding to event": (put("findings.csv", 2, event="R9"), "findings.csv, row 2, column event",
                         "there is no 'R9' in events. Add it there, or name another"),
    "action to finding": (put("actions.csv", 2, findings="F2; F77"), "actions.csv, row 2, column findings",
                          "there is no 'F77' in findings"),
    "update to action": (put("updates.csv", 3, action="P33"), "updates.csv, row 3, column action",
                         "there is no 'P33' in actions. Did you mean P3?"),
    "update to evidence": (put("updates.csv", 6, evidence="E99"), "updates.csv, row 6, column evidence",
                           "there is no 'E99' in evidence"),
    "measure to action": (put("measures.csv", 4, actions="P1; P5"), "measures.csv, row 4, column actions",
                          "there is no 'P5' in actions"),
    "reading to measure": (put("readings.csv", 5, measure="M5"), "readings.csv, row 5, column measure",
                           "there is no 'M5' in measures"),
    "return to evidence": (put("returns.csv", 2, evidence="E02; E0Z"), "returns.csv, row 2, column evidence",
                           "there is no 'E0Z' in evidence"),
    "evidence to case": (put("evidence.csv", 6, cases="C007; C999"), "evidence.csv, row 6, column cases",
                         "there is no 'C999' in cases"),
    "event to event": (put("events.csv", 6, supersedes="S0"), "events.csv, row 6, column supersedes",
                       "there is no 'S0' in events"),
    "event to itself": (put("events.csv", 6, supersedes="S2"), "events.csv, row 6, column supersedes",
                        "an event cannot supersede itself"),
    "event to a later one": (put("events.csv", 3, supersedes="S2"), "events.csv, row 3, column supersedes",
                             "S2 is later than this"),
    "complaint to a rating": (put("events.csv", 5, supersedes="S1"), "events.csv, row 5, column supersedes",
                              "a complaint upheld cannot supersede a self-assessment"),
    "finding to an earlier one": (put("findings.csv", 6, finds_again="F9"), "findings.csv, row 6, column finds_again",
                                  "there is no 'F9' in findings"),
    "finding to itself": (put("findings.csv", 6, finds_again="F5"), "findings.csv, row 6, column finds_again",
                          "a finding cannot name itself. Name a finding of an earlier review"),
    "finding to one of the same review": (put("findings.csv", 4, closes="F2"), "findings.csv, row 4, column closes",
                                          "'F2' is of the same event"),
    "finding to a later one": (put("findings.csv", 3, finds_again="F5"), "findings.csv, row 3, column finds_again",
                               "'F5' is later than this (2026-05-20)"),
    "finding that closes a strength": (put("findings.csv", 6, closes="F1"), "findings.csv, row 6, column closes",
                                       "'F1' is a strength, and a strength is not closed"),
    "weakness that is a strength again": (put("findings.csv", 6, finds_again="F1"),
                                          "findings.csv, row 6, column finds_again",
                                          "one of this and 'F1' is a strength, and the other is not"),
    "finding again and closed": (put("findings.csv", 6, finds_again="F2", closes="F2"),
                                 "findings.csv, row 6, column closes", "'F2' is found again as well. Name it in one"),
    "follow-up to finding": (put("follow_ups.csv", 2, finding="F44"), "follow_ups.csv, row 2, column finding",
                             "there is no 'F44' in findings"),
    "follow-up to evidence": (put("follow_ups.csv", 3, evidence="E99"), "follow_ups.csv, row 3, column evidence",
                              "there is no 'E99' in evidence"),
    "follow-up of another body": (put("follow_ups.csv", 2, body="NHS England"), "follow_ups.csv, row 2, column body",
                                  "'F4' is for the council, and not for 'NHS England'"),
    "remedy to event": (put("remedies.csv", 2, event="C9"), "remedies.csv, row 2, column event",
                        "there is no 'C9' in events"),
    "remedy to evidence": (put("remedies.csv", 2, evidence="E99"), "remedies.csv, row 2, column evidence",
                           "there is no 'E99' in evidence"),
    "replies to event": (put("replies.csv", 2, event="R9"), "replies.csv, row 2, column event",
                         "there is no 'R9' in events"),
    "promise to evidence": (put("promises.csv", 2, evidence="E99"), "promises.csv, row 2, column evidence",
                            "there is no 'E99' in evidence"),
    "value to indicator": (put("values.csv", 3, indicator="W2"), "values.csv, row 3, column indicator",
                           "there is no 'own 2026-27 W2' in indicators"),
    "evidence to indicator": (put("evidence.csv", 3, indicator="own 2026-27 W9"),
                              "evidence.csv, row 3, column indicator", "there is no 'own 2026-27 W9' in indicators"),
    "ids differ in case": (put("updates.csv", 3, action="p3"), "updates.csv, row 3, column action",
                           "there is no 'p3' in actions. Did you mean P3?"),
}  # fmt: skip

TWICE: Faults = {
    "scores": (again("scores.csv", 2, score="3"), "scores.csv, row 14", "this date and statement"),
    "evidence": (again("evidence.csv", 2, summary="another thing"), "evidence.csv, row 25", "the id 'E01'"),
    "events": (again("events.csv", 2), "events.csv, row 7", "the id 'R1'"),
    "findings": (again("findings.csv", 2), "findings.csv, row 7", "the id 'F1'"),
    "follow_ups": (
        again("follow_ups.csv", 2, status="rejected", body="the council"),
        "follow_ups.csv, row 4",
        "this finding, body and date appear twice",
    ),
    "remedies": (again("remedies.csv", 2), "remedies.csv, row 4", "the id 'M1'"),
    "replies": (again("replies.csv", 2, group="Staff", replied="9"), "replies.csv, row 4", "this event and group"),
    "promises": (again("promises.csv", 2), "promises.csv, row 4", "the id 'Q1'"),
    "actions": (again("actions.csv", 2), "actions.csv, row 6", "the id 'P1'"),
    "updates": (again("updates.csv", 2), "updates.csv, row 8", "this action and date"),
    "measures": (again("measures.csv", 2), "measures.csv, row 6", "the id 'M1'"),
    "readings": (again("readings.csv", 2, value="9"), "readings.csv, row 11", "this measure and date"),
    "returns": (again("returns.csv", 3), "returns.csv, row 6", "the item 'QS1 - IR1'"),
    "cases": (again("cases.csv", 2), "cases.csv, row 62", "C001"),
    "descriptors": (again("descriptors.csv", 2), "descriptors.csv, row 5", "this statement and score"),
    "indicators": (again("indicators.csv", 2), "indicators.csv, row 3", "own 2026-27 W1"),
    "values": (again("values.csv", 2), "values.csv, row 4", "this indicator, area and period"),
}

FUTURE: Faults = {
    f"{file} {column}": (put(file, 2, **{column: date}), f"{file}, row 2, column {column}",
                         f"{date} is in the future")
    for file, column, date in (
        ("scores.csv", "date", "2026-10-02"),
        ("evidence.csv", "date", "2027"),
        ("evidence.csv", "added", "2026-11"),
        ("events.csv", "date", "2026-12"),
        ("follow_ups.csv", "date", "2026-10-02"),
        ("remedies.csv", "done", "2026-10-02"),
        ("promises.csv", "date", "2026-10-02"),
        ("promises.csv", "kept", "2026-11"),
        ("actions.csv", "agreed", "2026-10-02"),
        ("updates.csv", "date", "2026-10-02"),
        ("measures.csv", "baseline_date", "2026-11"),
        ("readings.csv", "date", "2027-01-01"),
        ("returns.csv", "date", "2026-10-02"),
        ("indicators.csv", "date", "2026-11"),
    )
}  # fmt: skip

CELLS: Faults = {
    "case code": (put("cases.csv", 4, age_band="85 +"), "cases.csv, row 4, column age_band",
                  "the value is not one of its codes. Did you mean 85+?"),
    "case without code": (put("cases.csv", 4, support=""), "cases.csv, row 4, column support", "there is no value"),
    "case id": (put("cases.csv", 4, id="Case 3"), "cases.csv, row 4", "its id is not a pseudonym"),
    "case id like an NHS number": (put("cases.csv", 4, id="943-476-5919"), "cases.csv, row 4", "ten digits"),
    "statement": (put("scores.csv", 2, statement="safegarding"), "scores.csv, row 2, column statement",
                  "'safegarding' is not a statement of"),
    "theme for a statement": (put("scores.csv", 2, statement="leadership"), "scores.csv, row 2, column statement",
                              "not a statement. Name one of its statements by id or title"),
    "one statement of several": (put("evidence.csv", 11, statements="equity; equty"),
                                 "evidence.csv, row 11, column statements", "Did you mean equity"),
    "a statement twice": (put("evidence.csv", 5, statements="equity;equity"),
                          "evidence.csv, row 5, column statements", "'equity' appears twice. Keep one of them"),
    "category": (put("evidence.csv", 2, category="hearsay"), "evidence.csv, row 2, column category",
                 "'hearsay' is not an evidence category. Use experience, staff, partners, processes or outcomes"),
    "observation": (put("evidence.csv", 2, category="observation"), "evidence.csv, row 2, column category",
                    "observation: "),
    "event kind": (put("events.csv", 2, kind="peer_revue"), "events.csv, row 2, column kind",
                   "'peer_revue' is not known. Did you mean peer_review"),
    "finding kind": (put("findings.csv", 2, kind="praise"), "findings.csv, row 2, column kind",
                     "Use strength, improvement, consideration, recommendation or priority_action"),
    "follow-up status": (put("follow_ups.csv", 2, status="agreed"), "follow_ups.csv, row 2, column status",
                         "Use accepted, partly_accepted, rejected, in_progress or done"),
    "follow-up before its finding": (put("follow_ups.csv", 2, date="2025-10"), "follow_ups.csv, row 2, column date",
                                     "2025-10 is before what found it (2025-11). Check both dates"),
    "remedy kind": (put("remedies.csv", 2, kind="cash"), "remedies.csv, row 2, column kind",
                    "Use payment, apology or action"),
    "remedy that is no sum": (put("remedies.csv", 2, amount="some"), "remedies.csv, row 2, column amount",
                              "'some' is not a number"),
    "remedy of nothing": (put("remedies.csv", 2, amount="0"), "remedies.csv, row 2, column amount",
                          "it is not a sum of pounds and pence. Write one such as 500.50"),
    "remedy with parts of a penny": (put("remedies.csv", 2, amount="250.005"), "remedies.csv, row 2, column amount",
                                     "it is not a sum of pounds and pence"),
    "apology with a sum": (put("remedies.csv", 2, kind="apology"), "remedies.csv, row 2, column amount",
                           "an apology has no amount. Give a payment a row of its own"),
    "round sum that is not there": (put("remedies.csv", 3, roughly="yes"), "remedies.csv, row 3, column roughly",
                                    "no amount stands beside it"),
    "neither yes nor no": (put("remedies.csv", 2, roughly="perhaps"), "remedies.csv, row 2, column roughly",
                           "Use yes or no"),
    "remedy due before it was asked for": (put("remedies.csv", 2, due="2026-05"), "remedies.csv, row 2, column due",
                                           "2026-05 is before the event that asks for it (2026-06)"),
    "more replies than asked": (put("replies.csv", 2, replied="421"), "replies.csv, row 2, column replied",
                                "421 is more than the 420 asked"),
    "replies below nothing": (put("replies.csv", 2, replied="-1"), "replies.csv, row 2, column replied",
                              "-1 is less than 0"),
    "replies in parts": (put("replies.csv", 2, replied="27.5"), "replies.csv, row 2, column replied",
                         "'27.5' is not a whole number"),
    "a group larger than all": (add("replies.csv", event="R1", asked="500", replied="200"),
                                "replies.csv, row 2, column replied", "273 is more than all together (200)"),
    "promise due before it was made": (put("promises.csv", 3, due="2026-05"), "promises.csv, row 3, column due",
                                       "2026-05 is before it was promised (2026-06-23)"),
    "promise kept and let go": (put("promises.csv", 2, withdrawn="2025-12"), "promises.csv, row 2, column withdrawn",
                                "it was kept as well. Keep one of the two dates"),
    "ombudsman's decision in other words": (put("events.csv", 5, kind="ombudsman decision", result="fault"),
                                            "events.csv, row 5, column result",
                                            "Use upheld, partly_upheld, not_upheld or closed"),
    "ombudsman's decision with a score": (put("events.csv", 5, kind="ombudsman decision", score="40"),
                                          "events.csv, row 5, column score",
                                          "an ombudsman's decision has no score out of 100"),
    "update status": (put("updates.csv", 2, status="done"), "updates.csv, row 2, column status",
                      "Use not_started, in_progress, complete or cancelled"),
    "return status": (put("returns.csv", 2, status="redy"), "returns.csv, row 2, column status", "Did you mean ready"),
    "return rating": (put("returns.csv", 2, rating="excellent"), "returns.csv, row 2, column rating", "'excellent'"),
    "direction": (put("measures.csv", 2, direction="down"), "measures.csv, row 2, column direction",
                  "Use higher, lower, at_least, at_most, nobody_above or met"),
    "strength": (put("evidence.csv", 2, strength="huge"), "evidence.csv, row 2, column strength",
                 "Use weak, moderate or strong"),
    "confidence": (put("scores.csv", 2, confidence="sure"), "scores.csv, row 2, column confidence",
                   "Use low, medium or high"),
    "another version": (put("scores.csv", 3, version="2023"), "scores.csv, row 3, column version",
                        "it is for version '2023', and this workspace for 'direct'. Scores of two versions"),
    "descriptor of another version": (put("descriptors.csv", 2, version="2023"),
                                      "descriptors.csv, row 2, column version", "it is for version '2023'"),
    "a category that is not scored": (put("scores.csv", 4, category="staff"), "scores.csv, row 4, column category",
                                      "version direct has no scores inside a statement. Leave it blank, or set"),
    "score off the scale": (put("scores.csv", 2, score="5"), "scores.csv, row 2, column score", "1, 2, 3 or 4"),
    "score with decimals": (put("scores.csv", 2, score="3.5"), "scores.csv, row 2, column score", "1, 2, 3 or 4"),
    "formula for a score": (put("scores.csv", 2, score="=1+2"), "scores.csv, row 2, column score", "'=1+2'"),
    "descriptor score": (put("descriptors.csv", 2, score="9"), "descriptors.csv, row 2, column score", "9"),
    "claim without a score": (put("evidence.csv", 2, says="assessing_needs"), "evidence.csv, row 2, column says",
                              "Write statement=score, such as equity=2"),
    "claim on another statement": (put("evidence.csv", 2, says="equity=2"), "evidence.csv, row 2, column says",
                                   "Add that to its statements"),
    "claim off the scale": (put("evidence.csv", 2, says="assessing_needs=7"), "evidence.csv, row 2, column says",
                            "assessing_needs: 7"),
    "two claims on one statement": (put("evidence.csv", 2, says="assessing_needs=2; assessing_needs=3"),
                                    "evidence.csv, row 2, column says", "it speaks for two scores"),
    "hope off the scale": (put("actions.csv", 2, moves="assessing_needs=0"), "actions.csv, row 2, column moves", "0"),
    "hope on another statement": (put("actions.csv", 2, moves="equity=3"), "actions.csv, row 2, column moves",
                                  "'equity' is not among its statements"),
    "due before agreed": (put("actions.csv", 5, due="2026-02"), "actions.csv, row 5, column due",
                          "2026-02 is before it was agreed (2026-03-02)"),
    "target before baseline": (put("measures.csv", 2, target_date="2025-11"), "measures.csv, row 2, column target_date",
                               "2025-11 is before the baseline (2025-12)"),
    "target worse than baseline": (put("measures.csv", 2, direction="higher"), "measures.csv, row 2, column target",
                                   "Check the target and the direction"),
    "peer review with a rating": (put("events.csv", 2, result="good"), "events.csv, row 2, column result",
                                  "a peer review gives no result. Leave it blank, and put what was found"),
    "peer review with a score": (put("events.csv", 2, score="70"), "events.csv, row 2, column score",
                                 "a peer review gives no result"),
    "monitoring visit with a rating": (put("events.csv", 2, kind="monitoring_visit", result="good"),
                                       "events.csv, row 2, column result", "a monitoring visit gives no result"),
    "focused visit with a rating": (put("events.csv", 2, kind="focused visit", result="good"),
                                    "events.csv, row 2, column result", "a focused visit gives no result"),
    "self-assessment with another word": (put("events.csv", 3, result="splendid"), "events.csv, row 3, column result",
                                          "'splendid'"),
    "opinion with a score": (put("events.csv", 4, score="80"), "events.csv, row 4, column score",
                             "an audit opinion has no score out of 100. Leave it blank"),
    "printed score too high": (put("events.csv", 3, score="101"), "events.csv, row 3, column score",
                               "101 is not between 0 and 100"),
    "printed score with decimals": (put("events.csv", 3, score="62.5"), "events.csv, row 3, column score",
                                    "'62.5' is not a whole number"),
    "day that is not there": (put("scores.csv", 2, date="2026-02-30"), "scores.csv, row 2, column date",
                              "'2026-02-30' is not a date"),
    "month first": (put("scores.csv", 2, date="03/13/2026"), "scores.csv, row 2, column date",
                    "'03/13/2026' is not a date. Write a year, year-month or year-month-day, or as 14/09/2026"),
    "year of two digits": (put("updates.csv", 2, date="1/2/26"), "updates.csv, row 2, column date",
                           "'1/2/26' is not a date"),
    "date in words": (put("actions.csv", 2, due="next spring"), "actions.csv, row 2, column due", "is not a date"),
    "serial number of a spreadsheet": (put("events.csv", 2, date="46082"), "events.csv, row 2, column date",
                                       "it stands for 1 March 2026. Format the column as a date, and save it again"),
    "empty date of a spreadsheet": (put("evidence.csv", 2, date="30/12/1899"), "evidence.csv, row 2, column date",
                                    "what a spreadsheet shows for an empty date. Leave the cell blank"),
    "day and month without a year": (put("evidence.csv", 2, date="25-Nov"), "evidence.csv, row 2, column date",
                                     "'25-Nov' is not a date"),
    "failed formula": (put("updates.csv", 2, note="#REF!"), "updates.csv, row 2, column note",
                       "it holds #REF!, an error of a spreadsheet"),
    "share of nothing": (put("measures.csv", 2, target="-50%"), "measures.csv, row 2, column target",
                         "'-50%' does not say of what it is a share. Write 50% less where it is counted"),
    "share of a blank baseline": (put("measures.csv", 2, target="50 % less", baseline=""),
                                  "measures.csv, row 2, column target",
                                  "it is counted from the baseline, which is blank. Give the baseline, 100 where only"),
    "less that is worse": (put("measures.csv", 3, target="50% less"), "measures.csv, row 3, column target",
                           "it is worse than the baseline, for higher is better"),
    "financial year": (put("readings.csv", 2, date="2017-18"), "readings.csv, row 2, column date",
                       "'2017-18' is a financial year and not a date. It ran from 2017-04 to 2018-03: write the month"),
    "number in words": (put("readings.csv", 2, value="sixty"), "readings.csv, row 2, column value",
                        "'sixty' is not a number. Write digits, such as 86 or 1204.5"),
    "decimal comma": (put("readings.csv", 2, value="64,5"), "readings.csv, row 2, column value", "is not a number"),
    "decimal comma that looks like thousands": (put("readings.csv", 2, value="1234,567"),
                                                "readings.csv, row 2, column value", "is not a number"),
    "power of ten": (put("readings.csv", 2, value="1e9"), "readings.csv, row 2, column value", "is not a number"),
    "endless number": (put("measures.csv", 2, target="9" * 99), "measures.csv, row 2, column target",
                       "is not a number"),
    "not a number": (put("measures.csv", 2, baseline="nan"), "measures.csv, row 2, column baseline", "is not a number"),
    "indicator key": (put("evidence.csv", 2, indicator="3A"), "evidence.csv, row 2, column indicator",
                      "'3A' is not a key. Write set, year and code"),
    "polarity": (put("indicators.csv", 2, polarity="up"), "indicators.csv, row 2, column polarity", "'up'"),
    "value": (put("values.csv", 2, value="many"), "values.csv, row 2, column value", "'many' is no"),
}  # fmt: skip

FILES: Faults = {
    "unknown head": (swap("evidence.csv", "strength", "strenght"), "evidence.csv, row 1",
                     "there is no column 'strenght' in this table. Did you mean strength"),
    "doubled head": (swap("updates.csv", "note", "date"), "updates.csv, row 1",
                     "columns A and E have the same header, 'date'"),
    "doubled head in capitals": (swap("updates.csv", "note", "Date"), "updates.csv, row 1",
                                 "the column 'date' appears twice"),
    "missing column": (swap("readings.csv", "value,", ""), "readings.csv, row 1", "the column 'value' is missing"),
    "missing attribute": (swap("cases.csv", "route", ""), "cases.csv, row 1",
                          "column D has no header, but row 2 holds 'community' in it"),
    "row numbers of a program": (raw("readings.csv", b",measure,date,value,source\n0,M1,2026-01,3,x\n"),
                                 "readings.csv, row 1", "column A has no header. Give the column a header, or delete"),
    "undeclared attribute": (swap("cases.csv", "route", "route,sex"), "cases.csv, row 1",
                             "there is no column 'sex' in this table"),
    "too many cells": (swap("readings.csv", "64,waiting list report", "64,waiting list report, again"),
                       "readings.csv, row 2", "it has 5 cells for 4 column headers. Put text that holds the separator"),
    "too few cells": (swap("readings.csv", ",64,waiting list report", ",64"), "readings.csv, row 2",
                      "it has 3 cells for 4 column headers"),
    "Windows-1252": (raw("findings.csv", b"id,event,kind,statements,text\nF1,R1,strength,equity,caf\xe9\n"),
                     "findings.csv, row 2", "is not UTF-8 text. In windows-1252, which Excel often writes, it reads"),
    "open quotation mark": (swap("returns.csv", "General", '"General'), "returns.csv, row 2",
                            "a quotation mark opens in this row and is not closed"),
    "text behind a quotation mark": (swap("returns.csv", "General", '"General"ly'), "returns.csv, row 2",
                                     "text follows a closing quotation mark"),
    "huge cell": (put("readings.csv", 2, source="x" * 200_000), "readings.csv, row 2", "characters"),
    "empty file": (raw("measures.csv", b""), "measures.csv", "it is empty"),
    "only a byte order mark": (raw("measures.csv", b"\xef\xbb\xbf\r\n"), "measures.csv", "it is empty"),
    "unknown table": (raw("evidences.csv", b"id\n"), "evidences.csv",
                      "it is not a table of a workspace. Rename it, or keep other files in a folder of their own"),
    "another ending": (raw("EVENTS.CSV", b"id\n"), "EVENTS.CSV", "it is not a table of a workspace"),
    "no scores": (drop("scores.csv"), "scores.csv", "there is no such file"),
    "folder for a table": (instead("descriptors.csv", Path.mkdir),
                           "descriptors.csv", "it is a directory"),
    "link that leads nowhere": (
        instead("descriptors.csv", lambda path: path.symlink_to("gone.txt")),
        "descriptors.csv", "there is no such file"),
}  # fmt: skip

SETTINGS: Faults = {
    "unknown key": (swap(TOML, "version =", "verson ="), f"{TOML}, verson", "there is no such field here"),
    "unknown key of privacy": (swap(TOML, "allow =", "allows ="), f"{TOML}, privacy.allows", "Did you mean allow"),
    "format": (swap(TOML, "workspace/1", "workspace/9"), f"{TOML}, format",
               "'careassure.workspace/9' is not known. This version reads careassure.workspace/1"),
    "no council": (swap(TOML, 'council = "Exampleshire"\n', ""), f"{TOML}, council", "it is missing"),
    "unknown council": (swap(TOML, 'council = "Exampleshire"\nbody = "example"', 'council = "Exampleshire"'),
                        f"{TOML}, council", "Exampleshire"),
    "unknown framework": (swap(TOML, '"cqc-la"', '"cqc_la"'), f"{TOML}, framework", "Did you mean cqc-la"),
    "unknown version": (swap(TOML, '"direct"', '"2024"'), f"{TOML}, framework", "cqc-la has no version '2024'"),
    "months in words": (swap(TOML, "= 18", '= "18"'), f"{TOML}, stale_after_months", "should be a whole number"),
    "no months": (swap(TOML, "= 18", "= 0"), f"{TOML}, stale_after_months", "0 is not a number of months from 1 on"),
    "fact in words": (swap(TOML, "[privacy]", '[facts]\nbreach = "no"\n\n[privacy]'), f"{TOML}, facts.breach",
                      "should be true or false"),
    "attribute without codes": (swap(TOML, '{ community = "contact from the community", discharge = '
                                     '"hospital discharge", transition = "moved from children\'s services" }', "{}"),
                                f"{TOML}, attribute route", "it has no codes. List every value that it may have"),
    "attribute named id": (swap(TOML, "[cases.route]", "[cases.id]\ncodes = { C1 = 'one' }\n\n[cases.route]"),
                           f"{TOML}, attribute id", "the id of a case is not an attribute"),
    "statement that clashes": (swap(TOML, "[privacy]", '[own]\nversion = "ours"\n[own.statements.equity]\ntheme = '
                                    '"leadership"\ntitle = "Our equity"\n\n[privacy]'),
                               f"{TOML}, own.equity", "this id appears twice"),
    "theme": (swap(TOML, "[privacy]", '[own]\nversion = "ours"\n[own.statements.digital]\ntheme = "leader"\ntitle = '
                   '"Digital"\n\n[privacy]'), f"{TOML}, own.statements.digital.theme", "'leader' is not a theme of"),
    "version like the base": (swap(TOML, "[privacy]", '[own]\nversion = "direct"\n[own.statements.digital]\ntheme = '
                                   '"leadership"\ntitle = "Digital"\n\n[privacy]'),
                              f"{TOML}, own.version", "Give the new version a name of its own"),
    "no version": (swap(TOML, "[privacy]", '[own.statements.digital]\ntheme = "leadership"\ntitle = "Digital"\n\n'
                        '[privacy]'), f"{TOML}, own.version", "it is missing"),
    "id with a stroke": (swap(TOML, "[privacy]", '[own]\nversion = "ours"\n[own.statements."a/b"]\ntheme = '
                              '"leadership"\ntitle = "A or b"\n\n[privacy]'), f"{TOML}, own.statements.a/b",
                         "is not an id"),
    "nothing added": (swap(TOML, "[privacy]", '[own]\nversion = "ours"\n\n[privacy]'), f"{TOML}, own.statements",
                      "Add at least one statement"),
}  # fmt: skip

ID_COLUMNS = ("id", "code", "year", "item", "section")
"""Columns by which other tables name a row: without one, what links to that row leads nowhere."""

ALL = {"links": LINKS, "twice": TWICE, "future": FUTURE, "cells": CELLS, "files": FILES, "settings": SETTINGS}
CASES = [pytest.param(*fault, id=f"{group}: {name}") for group, faults in ALL.items() for name, fault in faults.items()]


@pytest.mark.parametrize(("change", "where", "said"), CASES)
def test_one_fault_is_named_once_with_its_place(tmp_path: Path, change: Break, where: str, said: str) -> None:
    """One thing that is wrong makes one problem, which names its place and says what it is, in short plain words."""
    folder = example(tmp_path / "w")
    change(folder)
    (problem,) = problems(folder)
    assert str(problem.where) == where
    assert said in f"{problem.message}. {problem.hint}"
    assert too_long(str(problem)) + struck_out(str(problem)) == []


@pytest.mark.parametrize(("file", "column"), NEEDED)
def test_a_blank_cell_that_is_needed_is_one_problem(tmp_path: Path, file: str, column: str) -> None:
    """A blank cell that must be filled is named, with what belongs there, and makes no second problem."""
    folder = example(tmp_path / "w")
    row = last_row(file)
    put(file, row, **{column: "  "})(folder)
    here, *others = sorted(
        problems(folder), key=lambda problem: not str(problem.where).startswith(f"{file}, row {row}")
    )
    assert str(here.where) == f"{file}, row {row}, column {column}"
    assert (here.message, here.hint.partition(" ")[0]) == ("it is blank", "Give")
    assert all(problem.message.startswith("there is no ") and column in ID_COLUMNS for problem in others)


def test_the_example_is_sound(tmp_path: Path) -> None:
    """The example has no fault on the day of the tests, so that every fault here is one that a test made."""
    assert problems(example(tmp_path / "w")) == ()


def test_every_fault_of_every_file_comes_in_one_error(tmp_path: Path) -> None:
    """Many faults in many files are all in one error, each once, in the order of the files and of their rows."""
    folder = example(tmp_path / "w")
    changes = {
        ("scores.csv", 3): put("scores.csv", 3, score="9", confidence="sure"),
        ("scores.csv", 11): put("scores.csv", 11, date="soon"),
        ("evidence.csv", 4): put("evidence.csv", 4, statements="nothing"),  # three tables link to nothing but this row
        ("evidence.csv", 21): put("evidence.csv", 21, strength="iron", date="2027"),
        ("events.csv", 2): put("events.csv", 2, date="", result="good"),  # four findings link to this row
        ("events.csv", 6): put("events.csv", 6, supersedes="S7"),
        ("findings.csv", 3): put("findings.csv", 3, kind="praise", statements="equity; all"),
        ("actions.csv", 2): put("actions.csv", 2, findings="F9", due="whenever"),
        ("updates.csv", 2): put("updates.csv", 2, evidence="E03"),
        ("updates.csv", 7): put("updates.csv", 7, status="done", action="P9"),
        ("measures.csv", 2): put("measures.csv", 2, target="low"),
        ("readings.csv", 11): add("readings.csv", date="2026-09", measure="M9", value="3"),
        ("returns.csv", 2): put("returns.csv", 2, evidence="E03", rating="fine"),
        ("cases.csv", 5): put("cases.csv", 5, id="C0001 ", route="bus"),
        ("cases.csv", 61): put("cases.csv", 61, id="C001"),
        ("descriptors.csv", 3): put("descriptors.csv", 3, score="7"),
    }
    for change in changes.values():
        change(folder)
    swap(TOML, "allow = []", "alow = []")(folder)
    expected = [
        f"{TOML}, privacy.alow",
        "scores.csv, row 3, column score",
        "scores.csv, row 3, column confidence",
        "scores.csv, row 11, column date",
        "evidence.csv, row 4, column statements",
        "evidence.csv, row 21, column strength",
        "evidence.csv, row 21, column date",
        "events.csv, row 2, column date",
        "events.csv, row 2, column result",
        "events.csv, row 6, column supersedes",
        "findings.csv, row 3, column kind",
        "findings.csv, row 3, column statements",
        "actions.csv, row 2, column due",
        "actions.csv, row 2, column findings",
        "updates.csv, row 7, column action",
        "updates.csv, row 7, column status",
        "measures.csv, row 2, column target",
        "readings.csv, row 11, column measure",
        "returns.csv, row 2, column rating",
        "cases.csv, row 5, column route",
        "cases.csv, row 61",
        "descriptors.csv, row 3, column score",
    ]
    found = problems(folder)
    assert sorted(str(problem.where) for problem in found) == sorted(expected)
    assert len(set(found)) == len(found)
    places = [(str(problem.where).partition(", ")[0], _row(str(problem.where))) for problem in found]
    files = [TOML, *dict.fromkeys(file for file, _ in changes)]
    assert places == sorted(places, key=lambda place: (files.index(place[0]), place[1]))
    with pytest.raises(InvalidWorkspaceError) as raised:
        ca.workspaces.read(folder, today=DAY)
    assert f": {len(expected)} problems\n  1. {TOML}, privacy.alow: " in str(raised.value)


def _row(where: str) -> int:
    number = where.partition("row ")[2].partition(",")[0]
    return int(number) if number else 0


@pytest.mark.parametrize("file", ["evidence.csv", "events.csv", "findings.csv", "actions.csv", "measures.csv",
                                  "cases.csv", "indicators.csv"])  # fmt: skip
def test_a_table_that_cannot_be_read_breaks_no_links(tmp_path: Path, file: str) -> None:
    """Where a whole table cannot be read, that alone is said: what links to its rows is not called wrong."""
    folder = example(tmp_path / "w")
    (folder / file).write_bytes(b"id,\xff\n")
    (problem,) = problems(folder)
    assert problem.where.file == file


def test_a_missing_table_breaks_its_links(tmp_path: Path) -> None:
    """Where a table is not there, every link into it is named."""
    folder = example(tmp_path / "w")
    (folder / "cases.csv").unlink()
    assert [str(problem.where) for problem in problems(folder)] == ["evidence.csv, row 6, column cases"] * 6


@pytest.mark.parametrize("version", ["2023", "direct"])
def test_the_version_of_its_own_may_be_named(tmp_path: Path, version: str) -> None:
    """A score may name the version that it was set under where that is the workspace's."""
    folder = example(tmp_path / "w")
    swap(TOML, 'version = "direct"', f'version = "{version}"')(folder)
    put("scores.csv", 2, version=version)(folder)
    assert problems(folder) == ()


def whole_and_parts(folder: Path, *scores: tuple[str, str, str]) -> Path:
    """A workspace under 2023 whose scores of one statement are these: date, category and score."""
    swap(TOML, 'version = "direct"', 'version = "2023"')(folder)
    heads = rows(folder, "scores.csv")[0]
    table = [dict.fromkeys(heads, "") | {"date": date, "statement": "equity", "category": category, "score": score}
             for date, category, score in scores]  # fmt: skip
    save(folder, "scores.csv", [heads, *([row[head] for head in heads] for row in table)])
    return folder


def test_a_statement_is_scored_as_a_whole_or_in_parts(tmp_path: Path) -> None:
    """Under the version that scores categories, a statement with a score and scores inside it is refused."""
    folder = whole_and_parts(example(tmp_path / "w"), ("2026-03", "", "3"), ("2026-04", "staff", "2"))
    (problem,) = problems(folder)
    assert str(problem.where) == "scores.csv, row 3, column category"
    assert "equity is scored as a whole as well (scores.csv, row 2)" in problem.message


@pytest.mark.parametrize(("first", "second"), [("", "staff"), ("staff", "")])
def test_a_score_that_was_blanked_stands_in_nobodys_way(tmp_path: Path, first: str, second: str) -> None:
    """A statement may change from a score to scores inside it, or back, once the former are blanked."""
    folder = whole_and_parts(
        example(tmp_path / "w"), ("2026-03", first, "3"), ("2026-04", first, ""), ("2026-04", second, "2")
    )
    assert problems(folder) == ()


@pytest.mark.parametrize(("written", "meant"), [("02/03/2026", "2026-03-02"), ("2/3/2026", "2026-03-02"),
                                                ("31/12/2025", "2025-12-31")])  # fmt: skip
def test_dates_with_strokes_are_read_day_first(tmp_path: Path, written: str, meant: str) -> None:
    """A date with strokes is read as England writes it: the day, the month, the year."""
    folder = example(tmp_path / "w")
    put("scores.csv", 2, date=written)(folder)
    assert str(ca.workspaces.read(folder, today=DAY).scores[0].date) == meant


def test_only_a_folder_with_settings_is_a_workspace(tmp_path: Path) -> None:
    """What is no folder, is not there, or has no workspace.toml is refused with how to make one."""
    empty, file = tmp_path / "empty", tmp_path / "file"
    empty.mkdir()
    file.write_text("x", encoding="utf-8")
    for path, said in (
        (empty, "there is no workspace.toml in it. Make one with: careassure init"),
        (file, "it is not a folder with a workspace. Name the folder that it is in"),
        (tmp_path / "gone", "it is not a folder with a workspace. Make one with: careassure init"),
    ):
        with pytest.raises(ReadError) as raised:
            ca.workspaces.read(path, today=DAY)
        assert str(raised.value) == f"{path}: {said}"


@pytest.mark.parametrize(("data", "said"), [(b"", "it is empty"), (b"format =", "the TOML is wrong"),
                                            (b"\xff\xfe", "is not UTF-8 text"),
                                            (b'{"a": 1, "a": 2}', "twice")])  # fmt: skip
def test_settings_that_cannot_be_read_are_refused(tmp_path: Path, data: bytes, said: str) -> None:
    """A workspace.toml that is no TOML is refused with its path."""
    folder = example(tmp_path / "w")
    (folder / TOML).write_bytes(data)
    with pytest.raises(ReadError, match=said) as raised:
        ca.workspaces.read(folder, today=DAY)
    assert str(raised.value.where) == str(folder / TOML)
