"""Words and signs by which languages are told apart when their script is shared.

Latin: the words that any text of a language is full of, with some that open official announcements. A word that
several languages share counts less for each. Other scripts: a language each, or letters that only one has.
"""

import re

_WORDS = {
    "en": (
        "an the of and to in is are was were be been being has have had am will would shall can cannot could may"
        " might must should not that this these those it its he she they we you his her their our your him them us"
        " who whom which what when where why how there here with from for on at by as or but if than then so such"
        " more most some any all each every both other another into onto over under about after before between"
        " against during through because while although let once never come came set see show take including also"
        " only just very new year years day today people one two first last many much made make said says say out"
        " up down no yes government department minister secretary public press release statement announced"
        " announces office council committee hong kong meeting united states world please do does did my me now"
        " get got like time back good work well way even want give own too off again help need use used using find"
        " still holds held issues issued attends visits calls welcomes begins opens launches urges notice results"
        " report services"
    ),
    "fr": (
        "le la les un une des du de et à au aux en dans sur pour par avec sans est sont était ont été être qui"
        " que quoi dont où ce cette ces il elle ils elles nous vous je tu son sa ses leur leurs notre votre ne pas"
        " plus mais ou donc si comme aussi très tout tous toute toutes entre après avant depuis chez même fait"
        " faire peut communiqué presse gouvernement ministre ministère président conseil qu deux ans selon"
    ),
    "de": (
        "der die das den dem des ein eine einen einem einer eines und oder aber nicht ist sind war waren wird"
        " werden wurde wurden hat haben hatte sein im in am an auf aus bei mit nach von vom zu zum zur für über"
        " unter durch gegen ohne um bis als wie wenn dass daß auch nur noch schon sehr mehr sich sie er es wir ihr"
        " ich man diese dieser dieses sowie zwischen seit bundesregierung pressemitteilung ministerium kanzler"
        " bundestag jahr jahre uhr"
    ),
    "es": (
        "el la los las un una unos unas de del en al con sin por para como que se su sus es son fue fueron era"
        " ser está están ha han había no más pero si ya muy también entre sobre desde hasta cuando donde quien"
        " este esta estos estas ese esa lo le les nos yo gobierno ministro ministerio presidente comunicado prensa"
        " año años hoy según dos"
    ),
    "pt": (
        "os as um uma uns umas de do da dos das em no na nos nas por pelo pela para com sem que se não mais mas"
        " como foi são é ser está ao aos à às seu sua seus suas este esta isso ele ela entre sobre também já muito"
        " até governo ministro ministério presidente comunicado imprensa ano anos hoje após"
    ),
    "it": (
        "il lo la gli le un uno una di del dello della dei degli delle ed al allo alla ai agli alle da dal dalla"
        " in nel nella con su sul sulla per tra fra che chi non più ma se come anche è sono era essere ha hanno"
        " stato questo questa suo sua loro ci si governo ministro presidente comunicato stampa anno anni oggi dopo"
        " dell nell all dall"
    ),
    "nl": (
        "de het een en van in is op te dat die met voor niet zijn aan er om ook als bij door naar uit over maar"
        " nog of worden wordt werd heeft hebben had kan zal meer dan deze dit onder tussen tegen na tot wij hij"
        " zij ik je minister kabinet jaar"
    ),
    "sv": (
        "och att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när"
        " nu ska efter under vid också mellan regeringen statsrådet år eller utan"
    ),
    "da": (
        "og at det som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan når nu"
        " skal efter under ved også mellem regeringen år eller uden bliver blev"
    ),
    "no": (
        "og å det som en på er av for med til den har de ikke om et han men var jeg seg fra vi så kan når nå skal"
        " etter under ved også mellom regjeringen år eller uten blir ble"
    ),
    "fi": ("ja on ei se että hän oli mutta ovat joka kun niin myös sekä vuoden mukaan hallitus ministeri ollut kanssa"),
    "pl": (
        "na do się nie to że jest jak ale za od przez dla przy są był była było oraz tym tego który która"
        " które czy lub roku rząd minister prezes także może"
    ),
    "cs": "na se je že do pro ale za jako by které který která jsou bylo byl byla při také roce vláda ministr",
    "hu": "az és hogy nem is egy ez van volt meg csak mint már ki még vagy kormány miniszter szerint között évi",
    "ro": (
        "și în de la cu pe un este sunt fost care nu să din pentru ca mai dar sau guvernul ministrul prin după al ale"
    ),
    "tr": (
        "ve bir bu da de için ile olarak olan çok daha gibi ne var kadar sonra hükümet bakan bakanı yılında tarafından"
    ),
    "id": (
        "yang dan di dari ini itu dengan untuk pada tidak dalam akan adalah oleh juga ke sebagai pemerintah"
        " menteri tahun"
    ),
    "vi": "và của là có trong cho được với các một những không đã này người ở từ khi về đến chính phủ bộ ngày năm",
}

# Beginnings and endings that words of one language have and its neighbours' rarely.
SHAPES = {
    "en": re.compile(
        r"(?:wh|th|sh|kn|wr).*|.*(?:ing|ings|tion|tions|ed|ly|ness|th|sh|ght|ough|ck|ous|ship|ful|ware|ers)"
    ),
    "de": re.compile(
        r"(?:ge.*t|ver|zw|pf|schw|stra).*|.*(?:sch|schen|scher|cht|chten|ung|ungen|keit|heit|lich|liche|isch|ische)"
        r"|.*(?:nnt|tz|stein|schaft|ehrt|agt|iert|ieren|nen|ster|amt)"
    ),
    "fr": re.compile(r".*(?:eux|eaux|ique|iques|aire|aires|oire|eur|eurs|elle|ette|ence|ienne)"),
    "es": re.compile(r".*(?:ción|ciones|dad|dades|iento|ientos|ado|ados|illa|ero|eros)"),
    "pt": re.compile(r".*(?:ção|ções|dade|mento|ado|ados|inho|eiro|eira)"),
    "it": re.compile(r".*(?:zione|zioni|mento|menti|ità|tto|tti|ello|elli|aggio|iamo)"),
    "nl": re.compile(r".*(?:ij.*|heid|lijk|lijke|eren|aar|oor|uur|ingen)"),
    "id": re.compile(r"(?:ber|meng|mem|men|peng|pem|ke.*an).*|.*(?:kan|nya)"),
}

# The letters beyond ASCII that a language writes.
_LETTERS = {
    "fr": "àâæçèéêëîïôœùûüÿ",
    "de": "äöüß",
    "es": "áéíñóúüªº",
    "pt": "àáâãçéêíóôõúüªº",
    "it": "àèéìíòóù",
    "nl": "áéëïóöü",
    "sv": "åäöé",
    "da": "åæéøü",
    "no": "åæéøü",
    "fi": "åäö",
    "is": "áðéíóúýþæö",
    "ca": "àçèéíïòóúü",
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "hr": "čćđšž",
    "ro": "âăîşţșț",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "et": "äõöüšž",
    "tr": "âçğıîİöşû",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
}
LETTERS = {language: frozenset(letters + letters.upper()) for language, letters in _LETTERS.items()}


def _shared_out() -> dict[str, dict[str, float]]:
    """For each word the languages that have it; together they share one point."""
    spoken: dict[str, list[str]] = {}
    for language, line in _WORDS.items():
        for word in dict.fromkeys(line.split()):
            spoken.setdefault(word, []).append(language)
    return {word: dict.fromkeys(languages, 1 / len(languages)) for word, languages in spoken.items()}


WEIGHTS = _shared_out()

# Scripts that one language uses, or one above all others: the range of letters, and the language.
SCRIPTS = {
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u05d0-\u05ea",
    "th": "\u0e01-\u0e4e",
    "ka": "\u10d0-\u10ff",
    "hy": "\u0531-\u0587",
    "bn": "\u0985-\u09df",
    "ta": "\u0b85-\u0bd7",
    "km": "\u1780-\u17b3",
    "my": "\u1000-\u102a",
    "lo": "\u0e81-\u0eb3\u0ede\u0edf",
    "bo": "\u0f40-\u0f6c",
    "mn": "\u1820-\u1878",
}
# Shared scripts: the range, and the letters that settle it, first match first; "" stands for none of them.
SHARED_SCRIPTS = {
    "Cyrl": ("\u0400-\u04ff", (("be", "ў"), ("uk", "іїєґ"), ("sr", "ђјљњћџ"), ("ru", "ыэёь"), ("und", ""))),
    "Arab": ("\u0620-\u06ff", (("ur", "ٹڈڑںے"), ("ug", "ۇۈېە"), ("fa", "پچژگ"), ("ar", "ةأإى"), ("und", ""))),
    "Deva": ("\u0904-\u0939", (("hi", "है"), ("und", ""))),
}
