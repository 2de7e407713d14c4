"""The command ``plugins``: list the plugins and what each offers."""

from __future__ import annotations

import argparse
import os

from careassure.cli import options, terminal
from careassure.cli.rows import print_rows
from careassure.model.text import plural
from careassure.plugins.host import host_from

EXAMPLE = "careassure plugins"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("--no-load", action="store_true", help="read their metadata only and import nothing")
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """List the plugins, what each offers, and what is wrong with those that are left out."""
    host = host_from(os.environ, on_error="skip")
    if not arguments.no_load:
        host.scorers()
    infos = host.installed()
    print_rows(
        [
            {
                "Plugin": info.name,
                "Distribution": info.distribution,
                "Version": info.version,
                "Status": info.status,
                "Offers": "; ".join(_grouped(info.offers)),
            }
            for info in infos
        ],
        arguments.format,
    )
    if arguments.format == "table" and host.failures:
        terminal.line()
        terminal.line(f"{plural(len(host.failures), 'plugin')} left out:")
        for error in host.failures:
            terminal.line(f"  {error}")
    return 0


def _grouped(offers: tuple[str, ...]) -> list[str]:
    """Such as ``scorers kloe, nhs-trust``."""
    kinds = dict.fromkeys(offer.split(" ")[0] for offer in offers)
    names = {kind: [offer.split(" ")[1] for offer in offers if offer.split(" ")[0] == kind] for kind in kinds}
    return [f"{kind.removesuffix('s')}s {', '.join(found)}" for kind, found in names.items()]
