"""First names that are common in England, as a list of words; it is about nobody.

Written from general knowledge of names in use among people of English, Welsh, Scottish, Irish, South Asian, Arab,
Turkish, African, Caribbean, Polish, Romanian, Lithuanian, Ukrainian, Portuguese, Spanish, Italian, Greek, Jewish
and Chinese families. It cannot be complete, and is not meant to count anything.
"""

from __future__ import annotations

from typing import Final

_PLAIN = """
aaliyah aaron abbie abdul abdullah abdulrahman abigail abiola abu adaeze adam ade adebayo adeola adrian afolabi
agata agnes agnieszka ahmad ahmed aidan aisha aishah ajay akosua alan alana alastair albert alejandro aleksander
aleksandra alessandro alex alexander alexandra alexandru alfie alfred ali alice alicja alina alisha alison alistair
aliyah allan allison alma alok amal amanda amara amarjit amber ambrose amelia amina aminah amir amit amna amy ana
anastasia andrea andreea andrei andrew andrius andrzej andy aneta angela angus anil anita anjali ann anna anne
annette annie anthony antoni antonio anwar aoife arash archibald archie arfan arjun arkadiusz arnold arthur arun
asad asha ashley ashok asif asma audrey austin ava avraham ayaan ayesha ayodele ayse ayub azra babatunde balbir
barbara barry bartosz bashir beata beatrice becky ben benedict benjamin bernadette bernard beryl beth bethany betty
beverley bilal bogdan boguslaw brandon brenda brendan brian bridget bronwen bruce bryan caitlin caleb callum cameron
camilla carl carla carlos carmen carol carole caroline carolyn catalin catherine cathy cecilia celia chantelle
charles charlie charlotte cheryl chidi chinedu chinwe chioma chloe chris christian christina christine christopher
ciara claire clare clifford clive colette colin connor conor constance craig cristian cristina cynthia daisy damian
damilola daniel daniela danielle danuta daphne darius dariusz darren daryl dave david dean debbie deborah deepak
deirdre delroy denis denise dennis derek desmond devon diana diane dilys dimitri dimitrios dinesh dipak dominic
dominik donald donna doreen doris dorota dorothy douglas duncan dylan ebony eddie edith edna edward edwin eileen
elaine eleanor elena eleni elijah elizabeth ella ellen ellie elliot elsie emeka emily emma emmanuel enid eoin eric
erica erin esme esther ethan ethel eugene eunice eva evelyn ewa ewan ezra fahad faisal farah farhan farid fatima
fatimah fatma fatou fay felicity femi fergus fiona folake frances francesca francis franciszek frederick freya
funmilayo gabriel gabriela gail gareth garry gary gavin gemma geoff geoffrey george georgia georgina gerald
geraldine gerard gertrude ghulam gillian giovanni giuseppe gladys glenys gloria gordon graeme graham grazyna greg
gregory gurpreet gwen gwyneth habib hadiza hafsa halima hamza hannah harjit harold haroon harriet hasan hassan
hayley hazel heather hector heidi helen helena henry herbert hilary hilda hiroshi hodan horace howard hugh hugo
humphrey hussain hussein ian ibrahim ida idris ifeoma ikechukwu imogen imran inderjit ines ioana ion irena irene
ireneusz isaac isabel isabella isabelle ishaan isla ismail ivan iwona jacek jackie jacob jacqueline jade jagdish
jaime jake jakub jamal james jamie jan jane janet janice janina janusz jasmin jasmine jason jasvinder jaswinder
javed jean jeanette jeff jeffrey jemima jennifer jenny jeremy jermaine jerome jerzy jess jessica jill jim joan
joanna joanne jodie joe joel john jolanta jonas jonathan jorge jose josef joseph josephine joshua joyce juan judith
judy julia julian julie juliet june justin justine justyna kabir kaitlyn kamal kamala kamil kamran karen karim karl
karolina kasia katarzyna kate katherine kathleen kathryn katie katy kavita kayleigh kehinde keith kelechi kelly kemi
ken kenneth kerry kevin khadija khadijah khalid khan kieran kim kimberley kingsley kirsten kirsty kofi krishna
krystal krystyna krzysztof kulwinder kumar kwame kyle lakshmi lana lara lateef latoya laura lauren laurence lawrence
layla leah leanne lee leila lella len leo leon leonard leroy lesley leslie leszek lewis liam lilian lillian linda
lindsay lisa liz lloyd lola lorna lorraine louis louisa louise lucas lucia lucy ludmila luis lukasz luke lydia lynda
lynn lynne mabel maciej madeleine madison magdalena mahmood mahmoud maisie makena malcolm malgorzata mamadou manjit
manoj manpreet marcel marcin marco marcus marek margaret margery maria mariam marian marie marilyn mariusz marjorie
marlene marta martha martin martina mary maryam mateusz matthew maud maureen maurice mavis maxine meera megan mehmet
mei melanie melissa mia michael michaela michal michelle miguel mihai mike mildred millie mina mirela miriam
miroslaw mohamed mohammad mohammed mohamud mohan moira molly monica monika morgan moses moshe muhammad muhammed
muriel musa mustafa myra nabila nadia nadine nana nancy naomi narinder nasreen natalia natalie natasha nathan
nathaniel navdeep nazia neil nelson ngozi niamh nicholas nicky nicola nicolae nicole nigel nikhil nikita nikolaos
nimra nina nisha noah noel noor nora noreen norma norman nusrat obinna oksana olaf olayinka oleksandr olena olga
oliver olivia olu oluwaseun omar oscar osman owen pamela parminder parveen pascal patricia patrick paul paula
pauline pawel pedro peggy penelope percy peter petra philip philippa phillip phoebe phyllis piotr pippa polly
pradeep prakash pritam priya priyanka rachael rachel radoslaw rafal raheem rahel rahman raj rajesh rajinder ralph
ramesh ramon rania rasheed rashid raul ravi raymond rebecca reginald rehana renata reuben rhiannon rhys ricardo
richard rishi rita robert roberto robyn rodney roger rohan roisin roman ronald rosalind rosemary rosie roxana roy
rukhsana rukia rupert russell ruth ryan ryszard saba sabina sadia safiya sajid sally salma salman sam samantha
samina samira samson samuel sana sandeep sandra sanjay sara sarah saskia satnam scott sean sebastian segun selina
serena sergio shabana shabnam shahid shahida shakira shanice shannon sharon shaun sheila shelley shirley shivani
shreya sian sibusiso siddharth siobhan slawomir sofia solomon sonia sophia sophie soraya stanislaw stanley stefan
stella stephanie stephen steve steven stuart sukhdev sukhjit sukhwinder sunil suresh surinder susan susannah suzanne
svetlana sybil sylvia tadeusz tahir taiwo tamara tamika tanisha tanya tara tariq taslima tatiana temitope terence
teresa tessa thabo thandiwe thelma theo theodore theresa thomas tiffany tim timothy tina tobi toby tolu tom tomasz
tony tracey tracy trevor tunde tyrone uchenna umar una ursula usha usman vasile vera vernon veronica vijay vikram
vincent viola violet vivian vivienne vladimir waldemar walter wanda wayne wei wendy wieslaw wilfred wilhelmina
william winifred winston wioletta wladyslaw wojciech xavier xin yasmeen yasmin yaw yetunde yolanda yosef yousef
youssef yousuf yuki yusuf yvette yvonne zachary zahra zainab zara zbigniew zeynep zoe zofia zubair zuzanna
"""

_ALSO_WORDS = """
abbey angel april art august autumn basil bill blessing bob brook carter chance charity chase chelsea chester christian
christmas cliff clay crystal dale dawn dean destiny devon dick dolly don drew earl eden eve faith fern florence forest
frank gale gene ginger glen glenn grace grant guy harmony harry heath holly honor hope iris israel ivy jack jasper jay
jerry jewel jordan joy jude june kay kent lance laurel lily lincoln lisbon lucky mark marina mason max may melody mercy
merit miles mo nick norman olive opal pat patience pearl penny peg poppy precious prince prudence rainbow ray rich
rick rob robin rocky rod ron rose ruby rusty sage sandy savannah sierra sidney skye stan star sterling sue summer
sunny sydney ted terry troy verity victor victoria virginia warwick wade warren wesley will willow woody
"""

ALSO_WORDS: Final = frozenset(_ALSO_WORDS.split())
"""First names that are also plain words or places, in small letters: *Will*, *May*, *Lincoln*."""

FIRST_NAMES: Final = frozenset(_PLAIN.split()) | ALSO_WORDS
"""All first names of the list, in small plain letters without accents."""
