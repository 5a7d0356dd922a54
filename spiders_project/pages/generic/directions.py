"""Knows the words for next and previous, in the languages of the web."""

import re
from enum import StrEnum
from itertools import islice

from lxml.html import HtmlElement

from spiders_project.pages.generic.texts import first_words


class Direction(StrEnum):
    """Which way a link leads."""

    NEXT = "next"
    PREVIOUS = "previous"
    ELSEWHERE = "elsewhere"
    """First, last, up, home, slide show: a place of its own."""


_NEXT = re.compile(
    r"(?:go to )?(?:the )?next(?: (?:page|set|results?|\d+|photos?|pictures?|images?|posts?|entries"
    r"|thumbnails|items?|album))?(?: of \d+)?|older(?: (?:posts?|entries|photos|items|stories))?"
    r"|(?:load|show|see|view) more(?: \w+)?|more (?:photos|pictures|images|results|posts|items)"
    r"|forward|continue|next page|page suivante|suivant(?:e|es|s)?|la suite|plus anciens?"
    r"|(?:charger|voir|afficher) plus|articles plus anciens"
    r"|(?:nächste|naechste|folgende)[rsn]?(?: (?:seite|bilder|fotos))?|weiter|vor(?:wärts)?"
    r"|ältere(?: (?:beiträge|artikel|einträge))?|mehr(?: (?:laden|anzeigen))?"
    r"|(?:página |pagina )?siguiente(?: página)?|próxim[ao]s?|más antiguos|entradas antiguas"
    r"|cargar más|ver más|(?:página )?seguinte|próxima página|mais antigos|carregar mais|ver mais"
    r"|(?:pagina )?successiv[oa]|avanti|prossim[oa]|seguente|carica altro|mostra altri"
    r"|volgende(?: pagina)?|verder|meer laden|meer tonen|oudere berichten"
    r"|nästa(?: sida)?|äldre inlägg|visa fler|neste(?: side)?|vis flere|næste(?: side)?|flere"
    r"|ældre indlæg|seuraava(?: sivu)?|lisää|næsta|næsta síða"
    r"|następn[aey](?: strona)?|dalej|starsze wpisy|(?:načíst |zobrazit )?další(?: stránka)?|více"
    r"|ďalš(?:ia|í|ie)(?: strana)?|naslednja|sljedeć[ae]|sledeć[ae]|следећа|következő(?: oldal)?"
    r"|tovább|(?:pagina )?următoare(?:a|le)?|următor(?:ul)?|înainte"
    r"|следующ(?:ая|ие|ий|ее)(?: страница)?|далее|вперед|вперёд|дальше"
    r"|(?:показать|загрузить) (?:ещё|еще)"
    r"|наступн(?:а|ий|і)(?: сторінка)?|далі|вперед|следващ[аи]?(?: страница)?|напред|наступная"
    r"|επόμεν(?:η|ο|α)(?: σελίδα)?|sonraki(?: sayfa)?|ileri|daha fazla"
    r"|הבא(?:ה)?|לעמוד הבא|(?:الصفحة )?التالي(?:ة)?|التالى|المزيد|بعدی|صفحه بعد"
    r"|अगला|अगले|পরবর্তী|அடுத்து|ถัดไป|หน้าถัดไป|หน้าต่อไป|ต่อไป"
    r"|(?:trang )?(?:sau|tiếp(?: theo)?|kế tiếp)|xem thêm|berikutnya|selanjutnya|seterusnya|susunod"
    r"|下一?页|下一?頁|下页|下頁|后一?页|後一頁|下一张|下一張|下一个|下一页面|加载更多|查看更多|點擊更多|載入更多|更多图片"
    r"|次(?:へ|の(?:ページ|\d+件|画像|写真|\d+枚))?|次ページ|もっと見る|つぎへ"
    r"|다음(?: ?페이지)?|다음으로|더 ?보기"
    r"|järgmine|nākam[āa](?: lapa)?|kitas|kita|hurrengoa|següent|seguinte|nesaf|an chéad"
    r"|tjetra|keyingi|növbəti|келесі|შემდეგი|հաջորդ|sekantan?",
    re.IGNORECASE,
)
_PREVIOUS = re.compile(
    r"(?:go to )?(?:the )?(?:prev(?:ious)?|newer)(?: (?:page|set|results?|\d+|photos?"
    r"|pictures?|images?|posts?|entries|items?|album))?|back"
    r"|précédent(?:e|es|s)?|page précédente|plus récents?"
    r"|zurück|zurueck|vorherige[rsn]?(?: seite)?|vorige[rsn]?|neuere(?: beiträge)?"
    r"|(?:página )?anterior(?:es)?|precedente|indietro|vorige(?: pagina)?|terug"
    r"|föregående(?: sida)?|forrige(?: side)?|edellinen|poprzedni[ae]?(?: strona)?|wstecz"
    r"|předchozí|predchádzajúc[ae]"
    r"|előző(?: oldal)?|anterioară|înapoi|предыдущ(?:ая|ие|ий|ее)(?: страница)?|назад"
    r"|попередн(?:я|ій|і)|προηγούμεν(?:η|ο)|önceki(?: sayfa)?|geri|הקודם|السابق(?:ة)?|قبلی|पिछला"
    r"|ก่อนหน้า|trang trước|trước|sebelumnya|上一?页|上一?頁|上一张|上一張|前一?页"
    r"|前(?:へ|のページ)?|戻る|이전(?: ?페이지)?|eelmine|prethodna|предишна|prejšnja",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"first(?: page)?|last(?: page)?|home|index|up|top|contents|overview|gallery|thumbnails?"
    r"|start|end|slide ?show|play|pause|print|zoom|help|close|info|erste"
    r"|letzte|anfang|ende|übersicht|accueil"
    r"|première|dernière|inicio|primera|última|inizio|начало|首页|首頁|尾页|末页|最后|返回|最初|最後|처음|끝"
    r"|return(?: to .{1,40})?|back to .{1,40}|zurück zu.{1,40}|retour.{0,40}|volver.{0,40}",
    re.IGNORECASE,
)
NEXT_ARROWS = frozenset("»›>→❯⟩\u232a\u3009▶►➔➡⇒▸⏵⟶") | {">>", "&gt;"}
PREVIOUS_ARROWS = frozenset("«‹<←❮⟨\u2329\u3008◀◄⬅⇐◂⏴⟵") | {"<<"}
_EDGES = " 	.,:;!?…·•|()[]{}<>«»‹›←→⇒⟶-–—=+*#~/'\"&_▶►◀◄❯❮➔➡⏵▸"
r"""No letters; marks that belong to letters, as in Hindi and Thai, count as none in ``\W``."""
_NEXT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:next|older|nextpage|load-?more|weiter|suivant|xiayiye)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PREVIOUS_CLASS = re.compile(
    r"(?:^|[\s_-])(?:prev|previous|newer|prevpage)(?:$|[\s_-])", re.IGNORECASE
)
_BUTTON_FILE = re.compile(
    r"(?:^|/)(?:(?:[a-z]{1,10}[-_])?(?P<way>next|forward|right|fwd|prev|previous|left|back|up|home"
    r"|arrow|play|pause|slideshow|print|thumbs|thumbnails|help|close)(?:[-_]?(?:arrow|button|btn"
    r"|icon|on|off|page|disabled|small|large|nav|left|right|\d{1,3}))*)\.(?:gif|png|svg)$",
    re.IGNORECASE,
)
_LETTERS = 40
_ELEMENTS = 30


def direction_in(text: str) -> Direction | None:
    """Return which way words point, when they say nothing else."""
    words = " ".join(text[: 4 * _LETTERS].split())
    if not words or len(words) > _LETTERS:
        return None
    bare = words.strip(_EDGES)
    if not bare or len(words) == 1:
        return _arrow(words)
    for pattern, direction in (
        (_NEXT, Direction.NEXT),
        (_PREVIOUS, Direction.PREVIOUS),
        (_ELSEWHERE, Direction.ELSEWHERE),
    ):
        if pattern.fullmatch(bare):
            return direction
    return None


def _arrow(words: str) -> Direction | None:
    """Return which way an arrow points; a double one may mean the last page."""
    if words in NEXT_ARROWS:
        return Direction.NEXT
    return Direction.PREVIOUS if words in PREVIOUS_ARROWS else None


def direction_of(link: HtmlElement) -> Direction | None:
    """Return which way a link leads, by its relation, words, title, picture or class."""
    relation = (link.get("rel") or "").lower().split()
    if "next" in relation:
        return Direction.NEXT
    if "prev" in relation or "previous" in relation:
        return Direction.PREVIOUS
    for said in (
        first_words(link, _LETTERS),
        link.get("aria-label"),
        link.get("title"),
        *_inside(link),
    ):
        if said and (direction := direction_in(said)):
            return direction
    return _by_class(link)


def direction_of_file(url: str) -> Direction | None:
    """Return which way a button leads, by the name of its picture."""
    found = _BUTTON_FILE.search(url.partition("?")[0])
    if not found:
        return None
    way = found["way"].lower()
    if way in {"next", "forward", "right", "fwd"}:
        return Direction.NEXT
    return (
        Direction.PREVIOUS if way in {"prev", "previous", "left", "back"} else Direction.ELSEWHERE
    )


def _inside(link: HtmlElement) -> list[str]:
    """Return the words and the file names of pictures in a link."""
    found = []
    for image in islice(link.iter(), _ELEMENTS):
        if image.tag not in {"img", "svg", "i", "title"}:
            continue
        found += [image.get("alt") or "", image.get("title") or "", image.get("aria-label") or ""]
        if (direction := direction_of_file(image.get("src") or "")) is not None:
            found.append(direction.value if direction != Direction.ELSEWHERE else "home")
    return found


def _by_class(link: HtmlElement) -> Direction | None:
    """Return what the class of a link says, of its item, or of an icon in it."""
    above = link.getparent()
    inside = [one for one in islice(link.iter(), _ELEMENTS) if one.tag in {"i", "span", "svg"}]
    icons = [icon.get("class") or "" for icon in inside if not len(icon)][:3]
    said = [f"{link.get('class') or ''} {link.get('id') or ''}", *icons]
    if above is not None and len(above) == 1:
        said.append(above.get("class") or "")
    for words in said:
        if _NEXT_CLASS.search(words):
            return Direction.NEXT
        if _PREVIOUS_CLASS.search(words):
            return Direction.PREVIOUS
    return None
