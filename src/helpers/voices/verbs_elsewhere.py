"""Verbs of speech of languages without a parser, as news prints them, and the place of their source."""

import re
from typing import NamedTuple

__all__ = ["HEBREW_WHERE", "INSIDE", "NOBODY", "ORDERS", "PARTICLES", "Order"]


class Order(NamedTuple):
    """A language's usual verbs of speech, third person, and its articles.

    `common` says whether a source may have no capital, `joined` what pronouns are written on to a verb.
    """

    verbs: tuple[str, ...]
    articles: frozenset[str] = frozenset()
    common: bool = False
    joined: str = ""


def _verbs(forms: str) -> tuple[str, ...]:
    """Return the forms, apart by |."""
    return tuple(form.strip() for form in forms.split("|"))


ORDERS = {
    "de": Order(
        _verbs(
            "sagten?|sagt|erklärten?|erklärt|betonten?|betont|teilten?|meinten?|meint|fügten?|berichteten?|"
            "warnten?|warnt|hieß es|so|schrieb|schreibt|äußerten?"
        ),
        frozenset("der die das ein eine einer".split()),
    ),
    "fr": Order(
        _verbs(
            "dit|disent|explique|expliquait|affirme|ajoute|indique|précise|estime|souligne|assure|déclare|"
            "déclarait|écrit|raconte|rappelle|juge|selon"
        )
        + tuple(
            f"(?:a|ont){{joined}} {form}"
            for form in "dit déclaré affirmé expliqué ajouté indiqué précisé estimé souligné assuré annoncé "
            "lancé écrit confié rappelé insisté jugé réagi".split()
        ),
        frozenset("le la les l un une".split()),
        common=True,
        joined="(?:-t)?-(?:il|elle|on|ils|elles)",
    ),
    "es": Order(
        _verbs(
            "dijo|dijeron|dice|ha dicho|afirmó|afirma|explicó|explica|aseguró|asegura|añadió|añade|señaló|"
            "señala|declaró|indicó|indica|sostuvo|agregó|comentó|manifestó|advirtió|subrayó|destacó|según|apuntó|"
            "escribió"
        ),
        frozenset("el la los las un una".split()),
        common=True,
    ),
    "ru": Order(
        _verbs(
            "сказал[аи]?|заявил[аи]?|отметил[аи]?|сообщил[аи]?|добавил[аи]?|подчеркнул[аи]?|рассказал[аи]?|"
            "пояснил[аи]?|объяснил[аи]?|уточнил[аи]?|написал[аи]?|считает|говорит|говорил[аи]?|утверждает|"
            "отмечает|поделился|поделилась|напомнил[аи]?|призвал[аи]?|указал[аи]?|пишет|пишут|прокомментировал[аи]?"
        ),
        common=True,
    ),
    "tr": Order(
        _verbs(
            "dedi|demişti|diyor|diye konuştu|söyledi|belirtti|açıkladı|vurguladı|ekledi|ifadesini kullandı|"
            "ifadelerini kullandı|diye yazdı"
        )
    ),
    "ar": Order(
        (
            *(f"و?{form}ت?" for form in "قال أضاف صرح صرّح أكد أكّد أوضح ذكر أشار أعلن كتب تابع شدد".split()),
            "و?قالوا",
            "و?يقول",
            "و?تقول",
        ),
        common=True,
    ),
    "fa": Order(
        _verbs(
            "گفت|گفتند|گفته است|افزود|اظهار کرد|اظهار داشت|بیان کرد|تأکید کرد|تاکید کرد|اعلام کرد|نوشت|"
            "توضیح داد|می‌گوید"
        ),
        common=True,
    ),
    "he": Order(
        _verbs(
            "אמרה?|אמרו|הוסיפה?|מסרה?|מסרו|הסבירה?|טען|טענה|ציינה?|הודיעה?|הדגישה?|כתבה?|אומרת?|סיפרה?|"
            "הבהירה?"
        ),
        common=True,
    ),
}
# In these the source is marked by a particle or by its place: what leads to a quotation, and what is behind.
_JA = (
    "述べた|述べている|語った|話した|話している|言った|説明した|強調した|"
    "指摘した|訴えた|表明した|発表した|答えた"
)
_ZH = "说|说道|表示|称|指出|强调|认为|告诉记者|补充说|解释说"
_HI = "कहा|बताया|जोड़ा|पूछा|दोहराया"
_HI_SOURCE = r"(?P<source>[^,।\n]{1,60}?) ने (?:[^,।]{0,30}? )?"
_ZH_SOURCE = r"(?P<source>[^，。；：“”在]{1,24}?)(?:在[^，。“”]{1,16}?)?"
PARTICLES = {
    "ja": (
        re.compile(r"(?:^|[、。\s])(?P<source>[^、。「」\s]{1,24}?)(?:は|が)[^。「」]{0,24}$"),
        re.compile(rf"^と(?:(?P<source>[^、。「」]{{1,24}}?)(?:は|が))?、?[^。「」]{{0,8}}?(?P<cue>{_JA})"),
    ),
    "zh": (
        re.compile(rf"(?:^|[，。；：\s]){_ZH_SOURCE}(?P<cue>{_ZH})[：:，]?\s{{0,3}}$"),
        re.compile(rf"^[，。,]?{_ZH_SOURCE}(?P<cue>{_ZH})[。，；]"),
    ),
    "hi": (
        re.compile(
            rf"(?:^|[,।\n])\s{{0,3}}{_HI_SOURCE}(?P<cue>{_HI})(?: है)?[,:]?\s{{0,3}}(?:कि)?[,:]?\s{{0,3}}$"
        ),
        re.compile(rf"^[,।\s]{{0,4}}{_HI_SOURCE}(?P<cue>{_HI})"),
    ),
}
# Pronouns, and words beside a verb that are no source; a language's other words of grammar aside.
NOBODY = frozenset(
    "sie er es wir elle il ils elles on él ella ellos on она он они журналистам корреспонденту агентству o "
    "onlar bu او وی آنها ایشان روز در هو هي هم قائلا قائلة قائلين הוא היא הם הן 他 她 他们 她们 它 记者 彼 "
    "彼女 彼ら 同氏 この その".split()
)
# Words of grammar that are inside a source.
INSIDE = frozenset("de du des del della von van der den of".split())
# Where a Hebrew phrase goes on to say where or when: the preposition is part of the word.
HEBREW_WHERE = re.compile(r"[בלמ](?:הודעה|ראיון|טקס|יום|שיחה|נאום|תגובה|פוסט|דיון|מסיבת|תום|סוף|הקשר|כנס)")
