"""The names of the months in the languages that galleries are written in."""

import re
import unicodedata

_NAMES = """
en January February March April May June July August September October November December
en Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
en - - - - - - - - Sept - - -
de Januar Februar März April Mai Juni Juli August September Oktober November Dezember
de Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez
de Jänner Feber - - - - - - - - - -
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
fr janv févr mars avr mai juin juil août sept oct nov déc
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
es ene feb mar abr may jun jul ago sep oct nov dic
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
it gen feb mar apr mag giu lug ago set ott nov dic
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
pt jan fev mar abr mai jun jul ago set out nov dez
nl januari februari maart april mei juni juli augustus september oktober november december
nl jan feb mrt apr mei jun jul aug sep okt nov dec
sv januari februari mars april maj juni juli augusti september oktober november december
da januar februar marts april maj juni juli august september oktober november december
nb januar februar mars april mai juni juli august september oktober november desember
fi tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta \
syyskuuta lokakuuta marraskuuta joulukuuta
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października \
listopada grudnia
pl styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik \
listopad grudzień
cs ledna února března dubna května června července srpna září října listopadu prosince
cs leden únor březen duben květen červen červenec srpen září říjen - prosinec
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
ru январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
ru янв фев мар апр - июн июл авг сен окт ноя дек
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
hu január február március április május június július augusztus szeptember október \
november december
tr Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık
ro ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie \
noiembrie decembrie
el Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου \
Οκτωβρίου Νοεμβρίου Δεκεμβρίου
id Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
"""
_MARKS = re.compile("[\u0300-\u036f]")


def plain(word: str) -> str:
    """Return a word in small letters without accents, as people often type it."""
    return _MARKS.sub("", unicodedata.normalize("NFD", word.casefold())).replace("ı", "i")


def _months() -> dict[str, int]:
    """Return the number of the month by its name; a name that two languages differ about has none.

    Listopad is October in Croatia and November in Poland, where more galleries spell it so.
    """
    found: dict[str, int] = {}
    for line in _NAMES.strip().splitlines():
        for number, name in enumerate(line.split()[1:], 1):
            found.setdefault(plain(name), number)
    found.pop("-")
    return found


MONTHS = _months()
"""From 1 to 12, by names as `plain` gives them."""
