"""Words by which the finder of names tells people from places, bodies and plain words; in small letters."""

from __future__ import annotations

from typing import Final

_ALWAYS_TITLES = """
mr mrs ms miss mx mister
"""
ALWAYS_TITLES: Final = frozenset(_ALWAYS_TITLES.split())
"""Titles that only people have."""

_TITLES = """
dr doctor prof professor sir dame lady lord cllr cllrs councillor councillors rev revd reverend hon baroness baron
imam rabbi fr canon
"""
TITLES: Final = ALWAYS_TITLES | frozenset(_TITLES.split())
"""Titles of people, of which some also begin the names of places and offices."""

_SMALL_TITLES = """
mr mrs mx dr cllr prof rev revd
"""
SMALL_TITLES: Final = frozenset(_SMALL_TITLES.split())
"""Titles that count in small letters too, since they are no other word."""

_OFFICES = """
mayor mayoress mayors chancellor lieutenant advocate president speaker justice provost emeritus commissioner chief
who of for the and or in on at to with by from is was are has
"""
OFFICES: Final = frozenset(_OFFICES.split())
"""Words after a title that make it an office or nothing: *Lord Mayor*, *Professor of*."""

_PARTICLES = """
van von der den de del della da das dos du di la le bin ibn bint al el abu ap ab ul ur st ten ter
"""
PARTICLES: Final = frozenset(_PARTICLES.split())
"""Small words inside surnames."""

_KIN = """
mother father mum mam dad son daughter wife husband brother sister aunt auntie uncle niece nephew grandson
granddaughter grandmother grandfather nan gran grandma grandad stepson stepdaughter fiance fiancee girlfriend
boyfriend widow widower
"""
KIN: Final = frozenset(_KIN.split())
"""Words for relatives, after which a first name alone is a likely name."""

_PEOPLE = """
client resident patient person tenant carer partner neighbour friend man woman gentleman boy girl lady child user
adult individual worker nurse caller applicant claimant pensioner citizen customer colleague someone somebody baby
twin sibling parent cousin
"""
PEOPLE: Final = KIN | frozenset(_PEOPLE.split())
"""Words for people, after which *called* or *named* is followed by a name."""

_HOLY_OR_ROYAL = """
st saint sts queen king prince princess royal pope port mount lake fort great san santa our
"""
HOLY_OR_ROYAL: Final = frozenset(_HOLY_OR_ROYAL.split())
"""Words before a first name that make it a place or a body: *St George's*, *Queen Elizabeth*."""

_BODIES = """
abbey academy accord act acute adult adults advice agency airport arena association authorities authority avenue award
bank barn bay beach board borough branch bridge bridges building buildings bureau business campus care carers castle
cathedral central centre centres center chapel charity chart church city clinic close club coast collaborative college
commission committee common company conference consulting convent corner council councils county court cottage crescent
croft cross data day department directorate district dock drive east england estate europe farm federation festival
field fields fire forest forum foundation fund gallery garden gardens gate grange green group grove hall hampshire
health heath heights hill hills home homes hospice hospital hospitals hotel house housing inc index initiative inn
inquiry institute island islands isle joint junction kingdom lake lane law library limited line link lions living llp
lodge london ltd manor market medical medicine mental mews mill model mount museum network nhs north northern nursing
office park parish partnership pathway place plc police pool practice primary principle prison prize programme project
quarter quay region regional residential review ridge rise river road room rooms row royal rule rural safeguarding scale
scheme school schools series service services shire shopping skills social society south southern square stadium state
station stores strategy street studio support surgery team terrace test theatre theorem tower town tribunal trust union
unit united university upon valley vale view village villa villas wales walk ward wards water way west western wharf
wing wood woods works yard york young youth
"""

BODIES: Final = frozenset(_BODIES.split())
"""Words after a name that make it a place or a body: *Peter Street*, *Joseph Rowntree Foundation*."""

_SMALL_BODIES = """
ward wing hospital building theatre hospice
"""
SMALL_BODIES: Final = frozenset(_SMALL_BODIES.split())
"""Those that do so in small letters too, unless a word for staff follows."""

_STAFF = """
manager managers sister nurse nurses clerk staff doctor doctors matron round rounds
"""
STAFF: Final = frozenset(_STAFF.split())
"""Words for staff: *ward manager* says what a person is, not where."""

_PLAIN = """
a about above after again against age all also although always am among an and annual another any april are as assessed
assessing assessment assessments at august average away back based be because been before being below between both but
by call called can cannot changes check checks code complete could court current data date day days december did do does
done down draft during each either eight else end equity evidence every few figure file final find first five
for format four framework friday from full further general get gets give given go good governance had half has have he
her here his how however i if in indicator information into is it its january july june just keep know last later
learning least less let level like list local long look made make makes many march may me meeting mean means method
might monday month more most much must my name named national need needs never new next nine no none nor not november
now number numbers october of off often old on once one only open or other others our out outcome outcomes over own
page part people per period place please policy private public python quarter question rate rated rating ratings
read real recent report reported requires result results return review reviews right risk row rows said same saturday
say says score scored scores second section see seen september set seven sheet she should show shown shows since six
sixty size small so some spring standard statement still such sunday table take tells ten text than that the their
theirs them then there these they this those three through thursday time to today told too total toward tuesday turn
two under until up us use used user users uses using version very was we wednesday week well were what when where
whether which while who whole whose why will winter with within without word words work would year years yes yet you
your zero annex appendix chapter commissioner director directors executive head lead leader leaders manager officer
portfolio team february funding monitor survey period measure measures
"""

_SURNAMES = """
cross day field fields forest good green hall hill hills lane little long marsh may north said small ward west
winter wood woods young
"""

SURNAMES_TOO: Final = frozenset(_SURNAMES.split())
"""Plain words, and words for places, that are common surnames: right after a first name they are taken for one."""

_DUTIES = """
allowance allowances briefing briefings call calls champion champions code conduct development enquiries handbook
portfolio query queries seminar seminars support surgeries surgery training workshop workshops
"""

DUTIES: Final = frozenset(_DUTIES.split())
"""What follows *councillor* and *doctor* where a thing and not a person is meant."""

PLAIN_WORDS: Final = frozenset(_PLAIN.split())
"""Plain words, days and months that begin with a capital at the start of a sentence or in a heading."""
