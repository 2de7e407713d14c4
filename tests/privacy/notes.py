"""Case notes that nobody wrote: names and identifiers of nobody, in the forms of notes, lists and minutes.

Nothing of the screen is used here but `screen` itself. The names were drawn from faker-js 10.6
(https://fakerjs.dev, MIT licence), which is not among the sources of the screen's lists, or written by hand.
Numbers are drawn at random; telephone numbers come from the ranges that Ofcom keeps for drama.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from careassure.privacy.personal.screen import screen

NOTES = 300
"""How many notes are made of each form for the table of the documentation."""

SENTENCES_OF_PROSE = 600

FIRST_NAMES = {
    "British and Irish": """
        Elliot Katelin Marian Clifford Zachary Theresa Natalie Ann Sienna Audrey Mia Samantha Patrick Aiden
        Emma Eliza Scarlett Joel Charles Isabel Joseph Hayden Gladys Ernest Hilda Trefor Bronwen Gethin Sioned
        Ffion Seán Caoimhe Pádraig Róisín Fergus Catriona Hamish Eilidh Deirdre Norah Cyril Doreen Kimberly
        Wilfred Maureen Iolo Raven Winona Deron Minerva Mckayla Adolph Eldora Coy Mckenzie Zena Lea Rosendo
        Jace Toy Margie Kenna Abbie Victor Karelle Maxie Elva Leo Okey Olaf Terrell Mikayla Hugo Kiara Oscar
        Callum Caleb Max Phoenix Levi Georgia Amber Alexander Logan Paige Marcus Lucas Alice Sebastian Piper
        Ali Jackson Elijah Jonathan
        """,
    "South Asian": """
        Digambar Chitrali Aadi Gurdev Suman Minakshi Deepan Sunita Sanjay Subash Prashant Nabin Deepika Shilpa
        Asmita Bina Santosh Harpreet Ananya Jaswant Balwinder Rukhsana Parveen Zubaida Shafiq Nasir Tahmina
        Razia Abdul Kishor Mohini Kali Vidya Dhanapati Bhooshan Ganak Deeptanshu Brahmaanand Agasti Ritesh
        Nimit Ambar Achyut Subodh Ananda Dakshayani Bela Amarnath Gautam Agastya Sagar Bijay Ganesh Sushant
        Bibek Aarav Dipendra Prakash Krishna Rajina Ratna Manisha Ajita Sarita Laxmi
        """,
    "African and Caribbean": """
        Akunna Chiamaka Adegoke Remilekun Abisola Kweku Mosunmola Bolatito Olanrewaju Adepeju Opeyemi Adeniyi
        Dumisani Sibongile Ayanda Aminata Alioune Ama Folasade Winston Marcia Delroy Hyacinth Fadumo
        Abdirahman Tesfaye Selam Habiba Sname Musa Tobiloba Banji Abimbola Toke Albert Matthew Aba Nimakoah
        Ronald Nigel Vincent Akinlabi Anjolaoluwa Ibukunoluwa Adebowale Ade Atinuke Adesua Thamsanqa Nkosinhle
        Sindisiwe Nandi Langa Nkosiyabo Mama Salimata Aly Marème Atta Yaya Dame Nichole Lee Bernice Alan Bryan
        Alice Frankie
        """,
    "East Asian": "Linh Xiu Thuy Duc Phuong Weiming Siu Kwok Mei Jun Hiroko Eun Ngoc Tuan Yan Ling Hong Thanh",
    "European and Turkish": """
        Wilfryd Sara Salomon Alina Dicle Renato Raquel Valentina Guilherme Raúl Josep Bernardo Letizia Danio
        Liza Anja Věra Melissa Elena Mika Onur Arnaud Léopold Dmitri Oksana Zbigniew Grażyna Ionuț Mirela Rasa
        Vytautas Emine Zoë Despina Konstanty Ksawera Alwar Joachim Stela Cristofor Rareș Anatolie Itir Seyfi
        Bilgetardu Alphan Jaime Natália Isabel Bruna Mateo Barbara Diana Felipe Valeriano Alfredo Mariella
        Viviano Romāns Luīze Hermīne Frīda Miklós Tibor Róza Bianka Miloň Selena Evelina Konstance Andrej
        Zvonimir Neva Saša Anna Xavi Nikodem Jackie Kathrin Franziska Benjamin Christin Jason Jehanne Gerbert
        Urbain
        """,
}
"""First names by the origin of the families that use them, as far as a name has one."""

LAST_NAMES = {
    "British and Irish": """
        Spencer Miller McDermott Medhurst Sanford Dooley Carter Moore Hayes Douglas Abbott Reid Howe Lewis
        Murray Hyatt Corwin Smith Jones O'Neill O'Brien MacLeod Fitzgerald Llewellyn Pugh Smith-Jones
        Ramsbottom Thwaite Featherstone Atkinson Whittle Peacock Nightingale Wood Brown Wilderman Fadel
        Leannon Marquardt Russel Collins Homenick Ullrich Rosenbaum Rogahn Kiehn Luettgen Schmitt Wolff
        Weimann Jakubowski Dibbert Kemmer Boyer Quitzon Runolfsdottir Berge Nader Oberbrunner Bogan Swift
        Fahey Dietrich Feeney Windler James Collier Tremblay Erdman Morrison Gutmann King Ernser Hudson
        Connelly Wilkinson Mann Kirlin Lee Taylor Jerde Waters Clarke
        """,
    "South Asian": """
        Dutta Menon Nair Deshpande Saini Gowda Sharma Mehrotra Subedi Thapa Limbu Bhandari Raut Gurung Pradhan
        Dhakal Begum Hussain Patel Kaur Chowdhury Rahman Akhtar Bhatti Mishra Abbott Shah Achari Acharya Asan
        Mehra Patil Guneta Shukla Dubashi Panicker Bhat Khan Nayar Kocchar Adiga Jung Karki Rana Baral Basynat
        Devkota Sherpa Pandey Niroula Khadka Adhikari Ghale Shakya Koirala Magar
        """,
    "African and Caribbean": """
        Ntim Nyame Adusei Asenso Ojo Oginni Owolabi Makinde Adisa Msibi Zuma Sylla Touré Sithole Mchunu Baloyi
        Okonkwo Adeyemi Mensah Warsame Haile Braithwaite D'Souza Atanda Sylvester Sekinat David Wasiu Sabdat
        Opeyemi Prempeh Kwaakye Danso Fosu Amponsah Wiafe Otiwa Fadipe Bamidele Adegbite Soyinka Olasupo
        Oladipupo Fasasi Mthethwa Thusi Bengu Cebekhulu Yengwa Mfeka Sarr Gning Konaté Thiaw Dioum Mbaye Keïta
        Brown Bailey Milton Munsamy Nhlapo Weber
        """,
    "East Asian": "Đinh Hoàng Trương Trần Phạm Nguyễn Choi Yeung Yang Zhang Zhao Fok Kwan Cheung Wong Tanaka",
    "European and Turkish": """
        Kuczyński Olejnik Dumitru Stoian Bayraktar Polat Saraiva Carvalho Azevedo Maldonado Corazza Ventura
        Puķīte Szabó Lengyel Jančík Žáček Zuiderveld Evers Barbier Morin Kowalska Papadopoulos Öztürk Zawada
        Balcerzak Kos Żyła Iosif Zaharia Florea Toth Aclan Alkaya Akyürek Alkan Marques Simões Tavares
        Loureiro Campos Ochoa Carbajal Rangel Lotito Pircher Zambuto Mazzeo Pretkalniņa Latkovskis Koka
        Bērziņa Veres Bognár László Barta Walter Šimečková Řezáč Jirků Pazmanj Jazbinšek Mijaković Vlah
        Martens Willemsen Lubbers Kok Krabbe Kurschilgen Amann Apitz Brun Deschamps Francois Dumont
        """,
}
"""Surnames likewise."""

PARTICLES = ["van der Berg", "de Souza", "bin Salman", "al-Hassan", "Ó Briain", "van Dijk", "Al Jaber", "della Corte"]

SENTENCES = [
    "{} was seen at home on Tuesday and is content with the plan.",
    "The panel agreed that {} should be offered a direct payment.",
    "Telephoned the ward about {}; discharge is planned for Friday.",
    "Review brought forward because {} had two falls in March.",
    "No concerns were raised by {} at the visit.",
    "Spoke with {}, who would like a different time of day.",
    "Actions: the duty worker to write to {} by 4 May.",
    "{}: equipment ordered, waiting for delivery.",
    "Sample, row 12 | {} | supported living | review overdue",
    "It was unclear whether {} had been told the outcome.",
]
"""What stands around a planted person."""

CELLS = ["{}", "{}; review overdue", "12 | {} | home care", "Cases read:\n{}\nall three closed", "({})", "Seen: {}."]
"""What stands around an entry of a list."""

NUMBERS = [
    "On file: {}.", "The letter gives {} for replies.", "{} (checked on the system)", "Referral form: {}; no consent",
    "Wrote down {} and closed the call.",
]  # fmt: skip
"""What stands around a number or an address."""


class Planted(NamedTuple):
    """A note, what was planted in it, and as what the screen should find it."""

    kind: str
    note: str
    thing: str


class Form(NamedTuple):
    """A way to write something: what it is, and how it is drawn with the sentence around it."""

    kind: str
    draw: Callable[[Random], tuple[str, str]]


def _names(chance: Random) -> tuple[str, str]:
    """A first name and a surname of one origin, a few with a small word in the surname."""
    origin = chance.choices(list(FIRST_NAMES), weights=(5, 2, 2, 1, 2))[0]
    last = chance.choice(LAST_NAMES[origin].split())
    return chance.choice(FIRST_NAMES[origin].split()), chance.choice(PARTICLES) if chance.random() < 0.05 else last


def _person(write: Callable[[Random, str, str], str], around: list[str]) -> Form:
    return Form("name", lambda chance: (chance.choice(around), write(chance, *_names(chance))))


def _number(kind: str, write: Callable[[Random], str], around: list[str] | None = None) -> Form:
    return Form(kind, lambda chance: (chance.choice(around or NUMBERS), write(chance)))


def _digits(chance: Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _cut(digits: str, groups: tuple[int, ...], gap: str) -> str:
    """Digits in groups."""
    parts, at = [], 0
    for size in groups:
        parts.append(digits[at : at + size])
        at += size
    return gap.join(parts)


def _nhs(chance: Random) -> str:
    """Ten digits of which the last is right, by the rule of the NHS Data Dictionary."""
    while True:
        nine = chance.choice("46") + _digits(chance, 8)
        check = 11 - sum(int(digit) * (10 - at) for at, digit in enumerate(nine)) % 11
        if check != 10:
            break
    groups = chance.choice([(3, 3, 4), (3, 3, 4), (10,), (3, 4, 3), (5, 5), (3, 7), (4, 6)])
    return _cut(nine + str(check % 11), groups, chance.choice([" ", "-", "\u00a0"]))


def _national_insurance(chance: Random) -> str:
    head = chance.choice("ABCEHJLMPRSTWXY") + chance.choice("ABCEHJLMPRSTWXYZ")
    groups = chance.choice([(2, 2, 2), (2, 2, 2), (6,), (2, 4)])
    gap = chance.choice([" ", " ", "-", ""])
    tight = "" if len(groups) < 3 else gap
    written = head + tight + _cut(_digits(chance, 6), groups, gap) + tight + chance.choice("ABCD")
    return written if tight else chance.choice([written, written.lower()])


def _telephone(chance: Random) -> str:
    mobile, local = "7700900" + _digits(chance, 3), "7946" + "0" + _digits(chance, 3)
    return chance.choice(
        [
            _cut("0" + mobile, (5, 6), " "), _cut("0" + mobile, (5, 3, 3), " "), "0" + mobile, "+44" + mobile,
            "+44 (0)" + _cut(mobile, (4, 6), " "), "44 " + _cut(mobile, (4, 6), " "), _cut(mobile, (4, 6), " "),
            " ".join("0" + mobile), "(020) " + _cut(local, (4, 4), " "), "020 " + _cut(local, (4, 4), " "),
            "0044 20 " + _cut(local, (4, 4), " "), "+44 20 " + local, "0800 1111", "020-" + _cut(local, (4, 4), "-"),
            "01632 960" + _digits(chance, 3), "(01632) 960 " + _digits(chance, 3), "tel 496 0" + _digits(chance, 3),
        ]
    )  # fmt: skip


def _email(chance: Random) -> str:
    first, last = (part.replace(" ", "").encode("ascii", "ignore").decode().lower() for part in _names(chance))
    local = chance.choice([f"{first}.{last}", f"{first[:1]}{last}", f"{last}{_digits(chance, 2)}"]).replace("'", "")
    return local.strip(".-") + "@" + chance.choice(["example.com", "mail.example.org", "example.co.uk", "localhost"])


def _email_written(chance: Random) -> str:
    local, domain = _email(chance).replace("localhost", "example.net").split("@")
    spoken = domain.replace(".", " dot ")
    return chance.choice(
        [f"{local} (at) {domain}", f"{local}[at]{domain}", f"{local} at {spoken}", f"{local} AT {spoken.upper()}",
         f"{local} (at) {domain.replace('.', ' (dot) ')}", f"{local} @ {domain}"]
    )  # fmt: skip


def _postcode(chance: Random) -> str:
    area = chance.choice(["B", "CF", "E", "LS", "M", "NE", "SW", "BN", "YO", "G"])
    written = f"{area}{chance.randint(1, 9)} {chance.randint(1, 9)}{chance.choice('ABDEFG')}{chance.choice('HJLNPQ')}"
    return chance.choice([written, written, written.replace(" ", ""), written.lower()])


MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip


def _day(chance: Random, year: int) -> str:
    day, month = chance.randint(1, 28), chance.randint(1, 12)
    name = MONTHS[month - 1]
    return chance.choice(
        [f"{day:02}/{month:02}/{year}", f"{day}.{month}.{year}", f"{day} {name} {year}", f"{name} {day}, {year}",
         f"{year}-{month:02}-{day:02}", f"{day}-{name[:3]}-{year}"]
    )  # fmt: skip


def _birth(chance: Random) -> tuple[str, str]:
    year = chance.randint(1928, 2006)
    day = chance.choice(
        [_day(chance, year), _day(chance, year), f"{chance.randint(10, 28)}0{chance.randint(1, 9)}{year}"]
    )
    words = ["born {}", "DOB {}", "DOB: {}", "date of birth {}", "d.o.b. {}", "born on {}", "Date of Birth - {}"]
    if not day.isdigit():
        words += ["{} (DOB)", "(b. {})", "her birthday, {}"]
    return f"On file: {chance.choice(words)}, lives alone.", day


def _birth_by_age(chance: Random) -> tuple[str, str]:
    age = chance.randint(18, 98)
    day = _day(chance, 2026 - age - chance.randint(0, 1))
    words = chance.choice(
        ["is {a} ({})", "is {a} years old ({})", "({}, {a})", "aged {a}, {}", "{} ({a})", "{}, aged {a}", "{a}yo, {}",
         "is {a}, {}"]
    )  # fmt: skip
    return f"She {words.replace('{a}', str(age))} and lives alone.", day


def _initials(chance: Random, first: str, *, dots: bool = True) -> str:
    letters = [first[0], *([chance.choice("ABCDEGHJKLMNPRSTW")] if chance.random() < 0.4 else [])]
    return chance.choice([" ".join, "".join])([f"{letter}." for letter in letters]) if dots else " ".join(letters)


TITLES = ["Mr", "Mrs", "Ms", "Miss", "Dr", "Mr.", "Cllr", "Professor", "Rev", "mrs"]
CALLINGS = ["Sister", "Father", "Nurse", "Matron", "Pastor", "Imam", "Rabbi", "Brother", "Canon", "Judge", "Sgt"]
RELATIVES = ["her daughter", "his wife", "their son", "her mother", "his brother", "Aunt", "the client's niece"]
CALLED = ["a client called", "the resident named", "a man called", "a carer who is called", "service user named"]


def _whole_or_one(chance: Random) -> str:
    """A whole name, or its later word in the alphabet alone."""
    whole = chance.random() < 0.5
    return " ".join(_names(chance)) if whole else max(_names(chance))


def _middle(chance: Random) -> str:
    return f" {chance.choice(_names(chance)[:1])}" if chance.random() < 0.3 else ""


FORMS: dict[str, Form] = {
    "NHS number": _number("nhs_number", _nhs),
    "National Insurance number": _number("national_insurance_number", _national_insurance),
    "telephone number": _number("telephone", _telephone,["Call back on {}.", *NUMBERS]),
    "email address": _number("email", _email),
    "email address, written out": _number("email", _email_written),
    "postcode": _number("postcode", _postcode),
    "date of birth, after its words": Form("date_of_birth", _birth),
    "date of birth, beside an age": Form("date_of_birth", _birth_by_age),
    "title and surname": _person(lambda chance, _, last: f"{chance.choice(TITLES)} {last}", SENTENCES),
    "calling and name": _person(
        lambda chance, first, last: f"{chance.choice(CALLINGS)} {chance.choice([first, last, f'{first} {last}'])}",
        SENTENCES,
    ),
    "first and last name": _person(lambda chance, first, last: f"{first}{_middle(chance)} {last}", SENTENCES),
    "the same in capitals": _person(lambda _, first, last: f"{first} {last}".upper(), SENTENCES),
    "Surname, First": _person(lambda chance, first, last: f"{last}, {first}{_middle(chance)}", CELLS),
    "SURNAME First": _person(lambda chance, first, last: f"{last.upper()}{chance.choice([',', ''])} {first}", CELLS),
    "J. Surname": _person(lambda chance, first, last: f"{_initials(chance, first)} {last}", SENTENCES),
    "J Surname": _person(lambda chance, first, last: f"{_initials(chance, first, dots=False)} {last}", SENTENCES),
    "Surname J": _person(
        lambda chance, first, last: (
            f"{last}{chance.choice([',', ''])} {_initials(chance, first, dots=chance.random() < 0.5)}"
        ),
        CELLS,
    ),
    "first name after a relative": Form(
        "name", lambda chance: (f"Spoke with {chance.choice(RELATIVES)} {{}} today.", _names(chance)[0])
    ),
    "name after client called": Form(
        "name",
        lambda chance: (f"We met {chance.choice(CALLED)} {{}} twice.", _whole_or_one(chance)),
    ),
}  # fmt: skip
"""The forms that are planted, by the words for them."""


def notes(form: str, count: int) -> Iterator[Planted]:
    """Notes with one form planted in each, the same whenever they are made."""
    chance = Random(f"notes: {form}")  # noqa: S311 - drawn to be repeated, not to be secret
    planted = FORMS[form]
    for _ in range(count):
        around, thing = planted.draw(chance)
        yield Planted(planted.kind, around.replace("{}", thing, 1), thing)


def found(planted: Planted) -> bool:
    """Whether sightings of the right kind cover every letter and digit of what was planted."""
    start = planted.note.index(planted.thing)
    covered = {at for each in screen(planted.note) if each.kind == planted.kind for at in range(each.start, each.end)}
    counts = str.isdigit if planted.kind == "telephone" else str.isalnum
    return all(start + at in covered for at, sign in enumerate(planted.thing) if counts(sign))


PLACES = """
    Camden|Kent|Lincoln|Chester|Leeds|Bath and North East Somerset|Barking and Dagenham|Milton Keynes|Stoke-on-Trent|
    Kingston upon Hull|Sutton|Preston|Burton|Bolton|Warwick|Stafford|Carlisle|Bedford|Devon|Chelsea|York|Wells|Sandwell|
    Brighton and Hove|St Helens|King's Lynn|Tower Hamlets|Redcar and Cleveland|Melton Mowbray|Newton Abbot|Harlow
"""
BODIES = """
    Age UK {p}|Healthwatch {p}|{p} Carers' Hub|{p} Council|{p} City Council|the {p} Safeguarding Adults Board|
    Mencap {p}|
    the Robert Jones unit|Queen Elizabeth Hospital|St George's Hospital|Mary Seacole House|the John Lewis Partnership|
    the Joseph Rowntree Foundation|the King's Fund|NHS {p} Integrated Care Board|the {p} Health and Wellbeing Board|
    Princess Royal Infirmary|Rose Court|Ivy Lodge|Norman Court|the Alzheimer's Society|Citizens Advice {p}|Hope House|
    Victoria Road Surgery|the Florence Nightingale ward|Grace House|the {p} Advocacy Service|Peter Street Day Centre|
    Martin Close|Jasmine House|the William Harvey Hospital|Christ Church Hall|Lady Margaret Road Library
"""
TITLES_OF_OFFICE = """
    the Director of Adult Social Services|the Principal Social Worker|the Cabinet Member for Adults|the Lead Member|
    the Chief Executive|the Head of Commissioning|the Nurse Manager|the Lord Mayor|the Section 151 Officer|
    the Caldicott Guardian|the Mental Health Lead|an Approved Mental Health Professional|the Independent Chair|
    the Monitoring Officer|the Occupational Therapy Manager|the Assistant Director, Commissioning
"""
SUBJECTS = """
    Assessing Needs|Supporting People to Live Healthier Lives|Equity in Experience and Outcomes|Care Provision,
    Integration and Continuity|Partnerships and Communities|Safe Systems, Pathways and Transitions|Safeguarding|
    Governance, Management and Sustainability|Learning, Improvement and Innovation|the Care Act 2014, section 42|
    the Mental Capacity Act 2005|Deprivation of Liberty Safeguards|the Better Care Fund|Home First|Shared Lives|
    Think Local Act Personal|Making Safeguarding Personal|the Market Position Statement|Direct Payments|Extra Care|
    the Adult Social Care Outcomes Framework|Hospital Discharge|the Carers' Strategy 2024 to 2028|Plan B|Option A|
    the Power BI dashboard|Liquidlogic|Mosaic|the Winter Plan|Grant Funding|Vitamin D|Martha's Rule|Annex B, table 3
"""
MINUTES = """
    {o} presented the report on {s} and took questions from {b}.|
    Members asked {o} why waiting times in {p} had risen from 12 to 28 days since April 2025.|
    In {p}, 63.5 per cent of people were reviewed on time, against 71 per cent in {q} and {p}.|
    {b} told the committee that staff shortages in {p}, {q} and {r} were easing.|
    The committee noted progress on {s}, and asked for an update in May, June or September.|
    Evidence from {b} and {c} was read beside the 2019/20, 2020/21 and 2021/22 returns.|
    Resolved: that {o} bring {s} back to the Board on 12 March 2026 at 10.30 a.m., Room B, Town Hall.|
    {s}: rated Good by the team, Requires Improvement by {c}, score 3, 62 to 75.|
    Families said that {b} answered quickly; carers in {q} were less sure about {s}.|
    Of 1,240 requests, 318 came from hospital, 94 through {b} and 17 from {c}.|
    See Wilson, E. B. (1927) and Brown, L., Cai, T. and DasGupta, A. (2001) on intervals.|
    May I ask whether {o} will mark {s} as complete, grant an extension, or hope for the best?|
    Will {p} reply? Mark each action. Grace periods end on 1 April 2026; Rich detail is on page 12.|
    The clerk, the chair and {o} met {b} about {s} (Appendix C, paragraphs 4 to 9).|
    Apologies were received from {o} and from {b}.|
    Dear Colleague, please find the papers on {s} for the meeting in {p}.|
    {q} and {r} joined {p} in the regional pilot of {s}; {c} will evaluate it.|
    A J shape in the chart for {p} shows that people aged 85 and over wait longest, 56 days in 2025.
"""


def prose(count: int) -> str:
    """Sentences of a committee about bodies, places and offices, with nobody in them."""
    chance = Random("prose")  # noqa: S311 - drawn to be repeated, not to be secret
    lists = {
        key: [" ".join(each.split()) for each in lines.split("|")]
        for key, lines in {"p": PLACES, "b": BODIES, "o": TITLES_OF_OFFICE, "s": SUBJECTS, "m": MINUTES}.items()
    }
    written: list[str] = []
    for _ in range(count):
        place, other, third = chance.sample(lists["p"], 3)
        body, second = (each.format(p=place) for each in chance.sample(lists["b"], 2))
        sentence = chance.choice(lists["m"]).format(
            p=place, q=other, r=third, b=body, c=second, o=chance.choice(lists["o"]), s=chance.choice(lists["s"])
        )
        written.append(sentence[0].upper() + sentence[1:])
    return "\n".join(written)


def recall(form: str, count: int = NOTES) -> float:
    """The share of planted things that are found whole, in per cent."""
    return 100 * sum(map(found, notes(form, count))) / count


def false_alarms() -> tuple[int, int]:
    """The words of the prose, and how many sightings are in it."""
    text = prose(SENTENCES_OF_PROSE)
    return len(text.split()), len(screen(text))


def table(count: int = NOTES) -> str:
    """The recall of each form and the false alarms, as a table of the documentation."""
    rows = [f"| {form} | {recall(form, count):.1f} % |" for form in FORMS]
    words, alarms = false_alarms()
    return "\n".join([
        "| what was planted | found whole |", "|---|---|", *rows, "",
        f"False alarms in {words:,} words of generated minutes: {alarms}.",
    ])  # fmt: skip
