"""``scrapy demo``: serves the demo site alone, to look at."""

import argparse
import asyncio
from contextlib import suppress

from scrapy.commands import ScrapyCommand

from spiders_project.errors import CannotStart, WrongInput
from spiders_project.terminal import one_sentence, refuse_leftovers

_LAST_PORT = 65535


class Command(ScrapyCommand):
    """Serves until Ctrl-C."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        """Return the text in the list of commands."""
        return "Serve the demo site, to look at in a browser"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add ``--port``."""
        super().add_options(parser)
        parser.add_argument("--port", type=int, help="port (default: DEMO_PORT; 0 for any)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve."""
        assert self.settings is not None
        port = self.settings.getint("DEMO_PORT") if opts.port is None else opts.port
        with one_sentence("demo"), suppress(KeyboardInterrupt):
            refuse_leftovers(args, most=0)
            if not 0 <= port <= _LAST_PORT:
                raise WrongInput(f"--port {port} is no port: 0 to {_LAST_PORT}")
            asyncio.run(_serve(port))


async def _serve(port: int) -> None:
    # Every `scrapy` command loads all commands; only this one needs a web server.
    from spiders_project.demo.server import DemoServer  # noqa: PLC0415

    server = DemoServer(port=port)
    try:
        await server.start()
    except OSError as error:
        raise CannotStart(f"port {port} cannot be used: {error.strerror}; try --port 0") from None
    print(f"The demo site is at {server.url}/  (Ctrl-C ends it)", flush=True)
    await asyncio.Event().wait()
