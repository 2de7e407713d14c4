"""Made-up distributions: folders that look as if something was installed in them, made in an instant."""

from __future__ import annotations

from pathlib import Path


def put(
    site: Path,
    name: str,
    entries: str | bytes | None = None,
    *,
    metadata: str | bytes | None = "",
    version: str = "1.0",
    **modules: str,
) -> Path:
    """Make a distribution in a folder.

    Args:
        site: The folder.
        name: The distribution's name.
        entries: What its ``entry_points.txt`` holds; none where None.
        metadata: What its ``METADATA`` holds; what is usual where empty, none where None.
        version: Its version.
        **modules: The text of each module by its name.
    """
    info = site / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    usual = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files: dict[str, str | bytes | None] = {
        "METADATA": usual if metadata == "" else metadata,
        "entry_points.txt": entries,
    }
    for file, text in files.items():
        if text is not None:
            (info / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    for module, text in modules.items():
        (site / f"{module}.py").write_text(text, encoding="utf-8")
    return info


def announced(site: Path, name: str, module: str, text: str, plugin: str = "") -> Path:
    """A distribution of one module that announces itself as a plugin of the same name."""
    return put(site, name, f"[careassure]\n{plugin or name} = {module}\n", **{module: text})
