"""How requests leave: through proxies, by the rules of robots.txt, to permitted addresses."""
