# ruff: noqa: ANN401  (python-docx is imported when it is first used, and so are its types)
"""How a paper in Word looks where no template says it, and the styles that a template lacks."""

from __future__ import annotations

from copy import deepcopy
from importlib import import_module
from typing import Any

STYLES = (
    "Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Bullet 2", "List Bullet 3", "Caption",
    "Intense Quote", "Table Grid", "Footer",
)  # fmt: skip
"""The styles in which papers are written; Word has all of them, though not every template holds them."""
_INK = "1A1A1A"
_SIZES = {"Title": 24, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5, "Caption": 10, "Footer": 9}
"""How big letters are, in points; those of running text are 11."""
_ABOVE = {"Heading 1": 20, "Heading 2": 12, "Heading 3": 10, "Caption": 10}
_BELOW = {"Heading 1": 6, "Heading 2": 4, "Heading 3": 3, "Caption": 4}
_SIDES = ("top", "left", "bottom", "right")
_OTHERS = "w:basedOn | w:next | w:link | w:rPr/w:color | w:rPr/w:rFonts"
"""What a style takes from others: the template may lack them, and has letters and colours of its own."""
_NUMBERING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_NUMBERING_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"


def element(name: str, /, **values: str) -> Any:
    """A piece of what Word writes, such as ``w:lang``, with its values."""
    made = import_module("docx.oxml").OxmlElement(name)
    for key, value in values.items():
        made.set(_name(f"w:{key}"), value)
    return made


def _name(short: str) -> Any:
    return import_module("docx.oxml.ns").qn(short)


def dress(file: Any) -> None:
    """Give a new document A4 paper, plain dark letters without serifs, and a footer with the number of the page.

    Arial is asked for, since every Word has it, and letters without serifs are what guides to accessible documents ask.
    Dark letters can be read by everyone; the blue that Word itself gives to captions is too light for small ones.
    """
    units: Any = import_module("docx.shared")
    section = file.sections[0]
    section.page_width, section.page_height = units.Cm(21), units.Cm(29.7)
    section.left_margin = section.right_margin = units.Cm(2.3)
    section.top_margin = section.bottom_margin = units.Cm(2.2)
    for style in file.styles:
        if style.type is not None and hasattr(style, "font") and style.name in {"Normal", *STYLES}:
            _plain(style, units)
    _boxed(file.styles["Intense Quote"])
    normal = file.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = units.Pt(7), 1.15
    for setting in file.settings.element.xpath(".//w:compatSetting[@w:name='compatibilityMode']"):
        setting.set(_name("w:val"), "15")  # that of Word since 2013; an older one opens in its "compatibility mode"


def _plain(style: Any, units: Any) -> None:
    """Dark letters of Arial, of the size that goes with the style."""
    style.font.name = "Arial"
    fonts = style.element.rPr.rFonts
    for key in [key for key in fonts.attrib if key.endswith(("Theme", "theme"))]:
        del fonts.attrib[key]
    style.font.color.rgb = units.RGBColor.from_string(_INK)
    size = _SIZES.get(style.name, 11)
    if style.name != "Table Grid":
        style.font.size = units.Pt(size)
    if style.name in _ABOVE:
        style.paragraph_format.space_before = units.Pt(_ABOVE[style.name])
        style.paragraph_format.space_after = units.Pt(_BELOW[style.name])
    for border in style.element.xpath("w:pPr/w:pBdr/w:bottom"):
        border.set(_name("w:color"), _INK)
        border.attrib.pop(_name("w:themeColor"), None)


def _boxed(style: Any) -> None:
    """A frame all round what the council must still write."""
    style.font.italic = False
    properties = style.element.get_or_add_pPr()
    for old in properties.xpath("w:pBdr | w:ind"):
        properties.remove(old)
    frame = element("w:pBdr")
    for side in _SIDES:
        frame.append(element(f"w:{side}", val="single", sz="12", space="6", color=_INK))
    properties.insert_element_before(frame, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
    indent = element("w:ind", left="142", right="142")
    properties.insert_element_before(indent, "w:contextualSpacing", "w:jc", "w:outlineLvl")


def footer(file: Any, title: str) -> None:
    """The title and the number of the page, at the foot of each page."""
    holder = file.sections[0].footer.paragraphs[0]
    holder.style = file.styles["Footer"]
    holder.add_run(f"{title}\tPage ")
    field(holder, "PAGE", "1")
    holder.add_run(" of ")
    field(holder, "NUMPAGES", "1")
    section = file.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    stops = holder.paragraph_format.tab_stops
    for old in file.styles["Footer"].element.xpath("w:pPr/w:tabs"):
        old.getparent().remove(old)
    stops.add_tab_stop(room, import_module("docx.enum.text").WD_TAB_ALIGNMENT.RIGHT)


def field(holder: Any, code: str, shown: str) -> None:
    """A number that Word works out, with what it is until then."""
    made = element("w:fldSimple", instr=f" {code} ")
    run = holder.add_run(shown)
    holder._p.append(made)  # noqa: SLF001  (python-docx knows no fields)
    made.append(run._r)  # noqa: SLF001


def speak_english(file: Any) -> None:
    """Say what language all words are in, for those who have them read aloud."""
    for old in file.styles.element.xpath("//w:lang"):
        old.getparent().remove(old)
    styles = file.styles.element
    found = styles.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    if not found:
        defaults = styles.find(_name("w:docDefaults"))
        if defaults is None:
            defaults = element("w:docDefaults")
            styles.insert(0, defaults)
        holder = element("w:rPrDefault")
        defaults.insert(0, holder)
        found = [element("w:rPr")]
        holder.append(found[0])
    found[0].append(element("w:lang", val="en-GB"))


def complete(file: Any) -> None:
    """Give a template the styles that it lacks, as Word itself has them: without them headings would be mere text."""
    have = {style.name for style in file.styles}
    lacking = [name for name in STYLES if name not in have]
    if not lacking:
        return
    source = import_module("docx").Document()
    for name in lacking:
        made = deepcopy(source.styles[name].element)
        for rule in made.xpath(_OTHERS):
            rule.getparent().remove(rule)
        base = file.styles.element.xpath("w:style[@w:type='paragraph'][@w:default='1']/@w:styleId")
        if base and made.get(_name("w:type")) == "paragraph":
            made.find(_name("w:name")).addnext(element("w:basedOn", val=base[0]))
        for number in made.xpath("w:pPr/w:numPr"):
            number.getparent().replace(number, _bullets(file))
        file.styles.element.append(made)


def _bullets(file: Any) -> Any:
    """A list with bullets that is added to a document, as a style refers to it."""
    numbering = _numbering(file)
    taken = {int(found) for found in numbering.xpath("w:num/@w:numId | w:abstractNum/@w:abstractNumId")}
    name = str(max(taken, default=0) + 1)
    abstract = element("w:abstractNum", abstractNumId=name)
    level = element("w:lvl", ilvl="0")
    edge = element("w:pPr")
    edge.append(element("w:ind", left=str(360 * (1 + len(taken) % 3)), hanging="360"))
    level.extend([
        element("w:start", val="1"), element("w:numFmt", val="bullet"), element("w:lvlText", val="\u2022"),
        element("w:lvlJc", val="left"), edge,
    ])  # fmt: skip
    abstract.append(level)
    number = element("w:num", numId=name)
    number.append(element("w:abstractNumId", val=name))
    first = next(iter(numbering.xpath("w:num")), None)
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)
    numbering.append(number)
    made = element("w:numPr")
    made.append(element("w:numId", val=name))
    return made


def _numbering(file: Any) -> Any:
    """The lists that a document knows; made where it knows none."""
    for relation in file.part.rels.values():
        if relation.reltype == _NUMBERING:
            return relation.target_part.element
    parts, package = import_module("docx.parts.numbering"), import_module("docx.opc.packuri")
    part = parts.NumberingPart(
        package.PackURI("/word/numbering.xml"), _NUMBERING_KIND, element("w:numbering"), file.part.package
    )
    file.part.relate_to(part, _NUMBERING)
    return part.element
