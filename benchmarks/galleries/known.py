"""The pictures that all galleries are made of: names, titles, sizes and albums."""

from dataclasses import dataclass
from pathlib import PurePosixPath

AUTHORS = ("Mira Aldane", "林晚舟")
ALBUMS = ("Mountains", "Mountains/Snow", "Ocean")
"""The second lies in the first."""


@dataclass(frozen=True)
class Known:
    """One picture."""

    number: int
    album: str
    name: str
    """The name of its file."""
    plain_name: str
    """A name of its file for software that is at home in ASCII."""
    title: str
    """What its metadata says, and what software says that reads them."""
    size: tuple[int, int]

    @property
    def path(self) -> PurePosixPath:
        """Return where it lies below the folder of pictures."""
        return PurePosixPath(self.album, self.name)

    @property
    def plain_path(self) -> PurePosixPath:
        """Return where it lies below the folder of pictures with plain names."""
        return PurePosixPath(self.album, self.plain_name)

    @property
    def author(self) -> str:
        """Return who its metadata names."""
        return AUTHORS[self.number % len(AUTHORS)]


_SIZES = (
    (2400, 1600),
    (1600, 2400),
    (2880, 1620),
    (1900, 1900),
    (3000, 1000),
    (2560, 1600),
    (640, 420),
)
"""The last is smaller than what most software shrinks to."""
_TITLES = {
    "Mountains": (
        ("first-light.jpg", "First light on the north face"),
        ("cirque.jpg", "The cirque after rain"),
        ("scree-slope.jpg", "Scree, looking down"),
        ("DSC_0412.JPG", "Two ridges and a cloud"),
        ("old hut.jpg", "The old hut"),
        ("晨光.jpg", "山谷晨光"),
        ("云海.jpg", "云海与孤峰"),
        ("larches.png", "Larches turning gold"),
        ("col.webp", "The col at noon"),
        ("gorge.jpg", "Gorge & waterfall"),
        ("marmot-meadow.jpg", "Marmot meadow"),
        ("tarn.jpg", "A tarn without a name"),
        ("pass-road.jpg", "Pass road, third bend"),
        ("thunderhead.jpg", "Thunderhead over the plateau"),
    ),
    "Mountains/Snow": (
        ("cornice.jpg", "Cornice"),
        ("powder.jpg", "Powder day"),
        ("雪线.jpg", "雪线之上"),
        ("spindrift.jpg", "Spindrift"),
        ("crevasse.jpg", "Blue crevasse"),
        ("igloo.png", "An igloo, half built"),
        ("ski-track.jpg", "One track"),
        ("seracs.jpg", "Séracs in the evening"),
        ("IMG_2031.jpg", "Frozen lake"),
        ("avalanche-fence.jpg", "Avalanche fences"),
        ("hoar.webp", "Hoar frost"),
        ("bivouac.jpg", "Bivouac"),
    ),
    "Ocean": (
        ("harbour.jpg", "Harbour at five in the morning"),
        ("breakwater.jpg", "Breakwater"),
        ("海上日出.jpg", "海上日出"),
        ("fishing-boats.jpg", "Fishing boats"),
        ("kelp.jpg", "Kelp forest"),
        ("lighthouse.jpg", "The lighthouse, twice"),
        ("low tide.jpg", "Low tide"),
        ("pier.png", "Pier no. 7"),
        ("潮汐.jpg", "潮汐"),
        ("storm-petrel.jpg", "Storm petrel"),
        ("dunes.webp", "Dunes behind the beach"),
        ("ferry.jpg", "Last ferry"),
        ("sandbank.jpg", "Sandbank"),
        ("swell.jpg", "Swell from the west"),
    ),
}


def _known() -> tuple[Known, ...]:
    named = [(album, *words) for album in ALBUMS for words in _TITLES[album]]
    return tuple(
        Known(number, album, name, _plain(name, number), title, _SIZES[number % len(_SIZES)])
        for number, (album, name, title) in enumerate(named, 1)
    )


def _plain(name: str, number: int) -> str:
    stem, ending = name.rsplit(".", 1)
    if not stem.isascii():
        stem = f"photo-{number:03}"
    return f"{stem.replace(' ', '-')}.{ending.lower()}"


KNOWN = _known()
