"""The plain script that people write first: all listings, then all details, then all pictures.

python benchmarks/peers/waves.py FIRST-LISTING NUMBER-OF-LISTINGS FOLDER REQUESTS-AT-ONCE
"""

import asyncio
import re
import sys
from pathlib import Path
from urllib.parse import urljoin

import aiohttp
from parsel import Selector


async def main(first: str, count: int, folder: Path, at_once: int) -> None:
    """Fetch a category in three waves."""
    listings = [first, *(_numbered(first, number) for number in range(2, count + 1))]
    connector = aiohttp.TCPConnector(limit=at_once)
    async with aiohttp.ClientSession(connector=connector, raise_for_status=True) as session:
        found = await asyncio.gather(*(_cards(session, listing) for listing in listings))
        cards = [card for cards in found for card in cards]
        pictures = await asyncio.gather(*(_picture(session, card) for card in cards))
        await asyncio.gather(*(_save(session, *picture, folder) for picture in pictures))


def _numbered(first: str, number: int) -> str:
    return re.sub(r"index\.html$", f"index_{number}.html", first)


async def _cards(session: aiohttp.ClientSession, listing: str) -> list[str]:
    """Return the detail pages that a listing leads to."""
    async with session.get(listing) as response:
        page = Selector(await response.text())
    links = page.css("div.slist a[target=_blank]::attr(href)").getall()
    return [urljoin(listing, link) for link in links]


async def _picture(session: aiohttp.ClientSession, card: str) -> tuple[str, str]:
    """Return the address of a picture, and its title."""
    async with session.get(card) as response:
        picture = Selector(await response.text()).css("div.photo-pic img")
    return urljoin(card, picture.attrib["src"]), picture.attrib["title"]


async def _save(session: aiohttp.ClientSession, address: str, title: str, folder: Path) -> None:
    async with session.get(address) as response:
        body = await response.read()
    (folder / f"{title}.jpg").write_bytes(body)


if __name__ == "__main__":
    target = Path(sys.argv[3])
    target.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), target, int(sys.argv[4])))
