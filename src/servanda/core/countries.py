"""States: their names, the words for their people, their capitals, and the seats of power that stand for them.

One line a state: ISO 3166 code, name, other names, demonyms, capital, metonyms. Written from general knowledge; names
in use in news, not official titles. Data only; no judgement on anybody's status is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Country:
    """One state as news names it."""

    code: str
    name: str
    others: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str
    metonyms: tuple[str, ...]

    @property
    def acting_names(self) -> tuple[str, ...]:
        """Every word that may name the state as somebody who acts."""
        return (self.name, *self.others, *self.demonyms, self.capital, *self.metonyms)

    @property
    def land_names(self) -> tuple[str, ...]:
        """Every word that names its land."""
        return (self.name, *self.others)


_TABLE = """
AFG|Afghanistan||Afghan,Afghans|Kabul|
AGO|Angola||Angolan,Angolans|Luanda|
ALB|Albania||Albanian,Albanians|Tirana|
AND|Andorra||Andorran|Andorra la Vella|
ARE|United Arab Emirates|UAE,U.A.E.,Emirates|Emirati,Emiratis|Abu Dhabi|
ARG|Argentina||Argentine,Argentinian,Argentines|Buenos Aires|Casa Rosada
ARM|Armenia||Armenian,Armenians|Yerevan|
AUS|Australia||Australian,Australians|Canberra|
AUT|Austria||Austrian,Austrians|Vienna|
AZE|Azerbaijan||Azerbaijani,Azerbaijanis,Azeri,Azeris|Baku|
BDI|Burundi||Burundian,Burundians|Gitega|
BEL|Belgium||Belgian,Belgians|Brussels|
BEN|Benin||Beninese|Porto-Novo|
BFA|Burkina Faso||Burkinabe|Ouagadougou|
BGD|Bangladesh||Bangladeshi,Bangladeshis|Dhaka|
BGR|Bulgaria||Bulgarian,Bulgarians|Sofia|
BHR|Bahrain||Bahraini,Bahrainis|Manama|
BHS|Bahamas|the Bahamas|Bahamian|Nassau|
BIH|Bosnia and Herzegovina|Bosnia,Bosnia-Herzegovina|Bosnian,Bosnians|Sarajevo|
BLR|Belarus||Belarusian,Belarusians|Minsk|
BLZ|Belize||Belizean|Belmopan|
BOL|Bolivia||Bolivian,Bolivians|La Paz|
BRA|Brazil||Brazilian,Brazilians|Brasilia|
BRN|Brunei||Bruneian|Bandar Seri Begawan|
BTN|Bhutan||Bhutanese|Thimphu|
BWA|Botswana||Botswanan|Gaborone|
CAF|Central African Republic|CAR|Central African|Bangui|
CAN|Canada||Canadian,Canadians|Ottawa|
CHE|Switzerland||Swiss|Bern|
CHL|Chile||Chilean,Chileans|Santiago|
CHN|China|PRC,People's Republic of China|Chinese|Beijing|Zhongnanhai
CIV|Ivory Coast|Côte d'Ivoire,Cote d'Ivoire|Ivorian,Ivorians|Yamoussoukro|
CMR|Cameroon||Cameroonian,Cameroonians|Yaounde|
COD|Democratic Republic of the Congo|DR Congo,DRC,Congo-Kinshasa,Zaire|Congolese,Zairian,Zairean|Kinshasa|
COG|Republic of the Congo|Congo-Brazzaville||Brazzaville|
COL|Colombia||Colombian,Colombians|Bogota|
COM|Comoros||Comorian|Moroni|
CRI|Costa Rica||Costa Rican|San Jose|
CUB|Cuba||Cuban,Cubans|Havana|
CYP|Cyprus||Cypriot,Cypriots|Nicosia|
CZE|Czech Republic|Czechia|Czech,Czechs|Prague|
DEU|Germany|Federal Republic of Germany|German,Germans|Berlin|Bundestag
DJI|Djibouti||Djiboutian||
DNK|Denmark||Danish,Danes|Copenhagen|
DOM|Dominican Republic||Dominican|Santo Domingo|
DZA|Algeria||Algerian,Algerians|Algiers|
ECU|Ecuador||Ecuadorian,Ecuadorean|Quito|
EGY|Egypt||Egyptian,Egyptians|Cairo|
ERI|Eritrea||Eritrean,Eritreans|Asmara|
ESP|Spain||Spanish,Spaniards|Madrid|
EST|Estonia||Estonian,Estonians|Tallinn|
ETH|Ethiopia||Ethiopian,Ethiopians|Addis Ababa|
FIN|Finland||Finnish,Finns|Helsinki|
FJI|Fiji||Fijian,Fijians|Suva|
FRA|France||French|Paris|Elysee,Élysée,Quai d'Orsay
GAB|Gabon||Gabonese|Libreville|
GBR|United Kingdom|UK,U.K.,Britain,Great Britain|British,Britons|London|Downing Street,Whitehall
GEO|Georgia||Georgian,Georgians|Tbilisi|
GHA|Ghana||Ghanaian,Ghanaians|Accra|
GIN|Guinea||Guinean,Guineans|Conakry|
GMB|Gambia|The Gambia|Gambian,Gambians|Banjul|
GNB|Guinea-Bissau||Bissau-Guinean|Bissau|
GNQ|Equatorial Guinea||Equatoguinean|Malabo|
GRC|Greece||Greek,Greeks|Athens|
GTM|Guatemala||Guatemalan,Guatemalans|Guatemala City|
GUY|Guyana||Guyanese|Georgetown|
HND|Honduras||Honduran,Hondurans|Tegucigalpa|
HRV|Croatia||Croatian,Croatians,Croat,Croats|Zagreb|
HTI|Haiti||Haitian,Haitians|Port-au-Prince|
HUN|Hungary||Hungarian,Hungarians|Budapest|
IDN|Indonesia||Indonesian,Indonesians|Jakarta|
IND|India||Indian,Indians|New Delhi|Delhi
IRL|Ireland|Republic of Ireland|Irish|Dublin|
IRN|Iran|Islamic Republic of Iran|Iranian,Iranians|Tehran|Teheran
IRQ|Iraq||Iraqi,Iraqis|Baghdad|
ISL|Iceland||Icelandic|Reykjavik|
ISR|Israel||Israeli,Israelis|Jerusalem|Tel Aviv
ITA|Italy||Italian,Italians|Rome|
JAM|Jamaica||Jamaican|Kingston|
JOR|Jordan||Jordanian,Jordanians|Amman|
JPN|Japan||Japanese|Tokyo|
KAZ|Kazakhstan||Kazakh,Kazakhs|Astana|
KEN|Kenya||Kenyan,Kenyans|Nairobi|
KGZ|Kyrgyzstan||Kyrgyz|Bishkek|
KHM|Cambodia|Kampuchea|Cambodian,Cambodians|Phnom Penh|
KOR|South Korea|Republic of Korea|South Korean,South Koreans|Seoul|Blue House
KWT|Kuwait||Kuwaiti,Kuwaitis|Kuwait City|
LAO|Laos||Laotian,Lao|Vientiane|
LBN|Lebanon||Lebanese|Beirut|
LBR|Liberia||Liberian,Liberians|Monrovia|
LBY|Libya||Libyan,Libyans||
LKA|Sri Lanka||Sri Lankan,Sri Lankans|Colombo|
LSO|Lesotho||Basotho|Maseru|
LTU|Lithuania||Lithuanian,Lithuanians|Vilnius|
LUX|Luxembourg||Luxembourgish||
LVA|Latvia||Latvian,Latvians|Riga|
MAR|Morocco||Moroccan,Moroccans|Rabat|
MDA|Moldova||Moldovan,Moldovans|Chisinau|
MDG|Madagascar||Malagasy|Antananarivo|
MDV|Maldives||Maldivian|Male|
MEX|Mexico||Mexican,Mexicans|Mexico City|
MKD|North Macedonia|Macedonia|Macedonian,Macedonians|Skopje|
MLI|Mali||Malian,Malians|Bamako|
MLT|Malta||Maltese|Valletta|
MMR|Myanmar|Burma|Burmese|Naypyidaw|
MNE|Montenegro||Montenegrin,Montenegrins|Podgorica|
MNG|Mongolia||Mongolian,Mongolians|Ulaanbaatar|
MOZ|Mozambique||Mozambican,Mozambicans|Maputo|
MRT|Mauritania||Mauritanian,Mauritanians|Nouakchott|
MUS|Mauritius||Mauritian|Port Louis|
MWI|Malawi||Malawian,Malawians|Lilongwe|
MYS|Malaysia||Malaysian,Malaysians|Kuala Lumpur|
NAM|Namibia|South West Africa|Namibian,Namibians|Windhoek|
NER|Niger||Nigerien,Nigeriens|Niamey|
NGA|Nigeria||Nigerian,Nigerians|Abuja|
NIC|Nicaragua||Nicaraguan,Nicaraguans|Managua|
NLD|Netherlands|the Netherlands,Holland|Dutch|The Hague|
NOR|Norway||Norwegian,Norwegians|Oslo|
NPL|Nepal||Nepalese,Nepali|Kathmandu|
NZL|New Zealand||New Zealander,New Zealanders|Wellington|
OMN|Oman||Omani,Omanis|Muscat|
PAK|Pakistan||Pakistani,Pakistanis|Islamabad|
PAN|Panama||Panamanian|Panama City|
PER|Peru||Peruvian,Peruvians|Lima|
PHL|Philippines|the Philippines|Philippine,Filipino,Filipinos|Manila|Malacanang
PNG|Papua New Guinea|PNG|Papua New Guinean|Port Moresby|
POL|Poland||Polish,Poles|Warsaw|
PRK|North Korea|DPRK|North Korean,North Koreans|Pyongyang|
PRT|Portugal||Portuguese|Lisbon|
PRY|Paraguay||Paraguayan|Asuncion|
PSE|Palestine|Palestinian Authority,Palestinian Territories|Palestinian,Palestinians|Ramallah|
QAT|Qatar||Qatari,Qataris|Doha|
ROU|Romania||Romanian,Romanians|Bucharest|
RUS|Russia|Russian Federation|Russian,Russians|Moscow|Kremlin
RWA|Rwanda||Rwandan,Rwandans,Rwandese|Kigali|
SAU|Saudi Arabia||Saudi,Saudis,Saudi Arabian|Riyadh|
SDN|Sudan||Sudanese|Khartoum|
SEN|Senegal||Senegalese|Dakar|
SGP|Singapore||Singaporean,Singaporeans||
SLB|Solomon Islands||Solomon Islander|Honiara|
SLE|Sierra Leone||Sierra Leonean,Sierra Leoneans|Freetown|
SLV|El Salvador||Salvadoran,Salvadorans,Salvadorean|San Salvador|
SOM|Somalia||Somali,Somalis|Mogadishu|Villa Somalia
SRB|Serbia||Serbian,Serb,Serbs,Serbians|Belgrade|
SSD|South Sudan||South Sudanese|Juba|
SUN|Soviet Union|USSR,U.S.S.R.|Soviet,Soviets||
SUR|Suriname||Surinamese|Paramaribo|
SVK|Slovakia||Slovak,Slovaks|Bratislava|
SVN|Slovenia||Slovenian,Slovenians,Slovene|Ljubljana|
SWE|Sweden||Swedish,Swedes|Stockholm|
SWZ|Eswatini|Swaziland|Swazi|Mbabane|
SYR|Syria||Syrian,Syrians|Damascus|
TCD|Chad||Chadian,Chadians|N'Djamena|
TGO|Togo||Togolese|Lome|
THA|Thailand||Thai,Thais|Bangkok|
TJK|Tajikistan||Tajik,Tajiks|Dushanbe|
TKM|Turkmenistan||Turkmen|Ashgabat|
TLS|Timor-Leste|East Timor|Timorese,East Timorese|Dili|
TTO|Trinidad and Tobago||Trinidadian|Port of Spain|
TUN|Tunisia||Tunisian,Tunisians|Tunis|
TUR|Turkey|Türkiye,Turkiye|Turkish,Turks,Turk|Ankara|
TWN|Taiwan||Taiwanese|Taipei|
TZA|Tanzania||Tanzanian,Tanzanians|Dodoma|
UGA|Uganda||Ugandan,Ugandans|Kampala|
UKR|Ukraine||Ukrainian,Ukrainians|Kyiv|Kiev
URY|Uruguay||Uruguayan|Montevideo|
USA|United States|US,U.S.,USA,U.S.A.,America|American,Americans|Washington|White House,Pentagon,State Department
UZB|Uzbekistan||Uzbek,Uzbeks|Tashkent|
VAT|Vatican|Holy See|Vatican||
VEN|Venezuela||Venezuelan,Venezuelans|Caracas|Miraflores
VNM|Vietnam|Viet Nam|Vietnamese|Hanoi|
VUT|Vanuatu||Vanuatuan|Port Vila|
XKX|Kosovo||Kosovar,Kosovan,Kosovars|Pristina|
YEM|Yemen||Yemeni,Yemenis|Sanaa|Sana'a
YUG|Yugoslavia||Yugoslav,Yugoslavs||
ZAF|South Africa||South African,South Africans|Pretoria|
ZMB|Zambia||Zambian,Zambians|Lusaka|
ZWE|Zimbabwe||Zimbabwean,Zimbabweans|Harare|
"""


@cache
def countries() -> tuple[Country, ...]:
    """All states of the table."""

    def listed(cell: str) -> tuple[str, ...]:
        return tuple(part for part in cell.split(",") if part)

    rows = (line.split("|") for line in _TABLE.strip().splitlines())
    return tuple(
        Country(code, name, listed(others), listed(demonyms), capital, listed(metonyms))
        for code, name, others, demonyms, capital, metonyms in rows
    )


@cache
def country_by_name() -> dict[str, Country]:
    """Case-folded names, demonyms, capitals and metonyms, each with its state."""
    return {name.casefold(): country for country in countries() for name in country.acting_names if name}


@cache
def country_by_land() -> dict[str, Country]:
    """Case-folded names of lands and of capitals, each with its state: where something took place."""
    return {
        name.casefold(): country for country in countries() for name in (*country.land_names, country.capital) if name
    }
