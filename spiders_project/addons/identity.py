"""Who we say we are: the User-Agent, with the contact of the person who runs the crawl."""

from scrapy.settings import BaseSettings

from spiders_project import __version__


class Identity:
    """Scrapy add-on: puts CONTACT into USER_AGENT, unless that is set itself."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Set USER_AGENT."""
        if settings.get("USER_AGENT"):
            return
        contact = settings.get("CONTACT")
        product = f"{settings['BOT_NAME']}/{__version__}"
        agent = f"{product} (+{contact})" if contact else product
        settings.set("USER_AGENT", agent, priority="project")
