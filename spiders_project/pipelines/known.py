"""What of earlier runs counts without asking again, and what does not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

from scrapy.settings import BaseSettings

from spiders_project.catalogue.clock import now
from spiders_project.catalogue.failures import KnownFailure
from spiders_project.catalogue.picture import KnownPicture
from spiders_project.catalogue.schema import FORGOTTEN
from spiders_project.failures import DownloadLost
from spiders_project.media.inspect import Limits, PictureRefused, check_size
from spiders_project.outcomes import Outcome, Reason
from spiders_project.values.aspect import Aspect


@dataclass(frozen=True)
class Wishes:
    """What a person asked for with this run; an earlier one may have been asked otherwise."""

    limits: Limits
    refused_opt_outs: Collection[str] = ()
    retry_failed: bool = False

    @classmethod
    def of(cls, settings: BaseSettings, min_width: int, min_height: int) -> Self:
        """Return what the settings ask for; sizes in pixels."""
        limits = Limits(
            min_width=min_width,
            min_height=min_height,
            aspect=Aspect(aspect) if (aspect := settings.get("PICTURE_ASPECT")) else None,
            max_pixels=settings.getint("PICTURE_MAX_PIXELS"),
        )
        refused = frozenset(settings.getlist("OPT_OUTS_REFUSED"))
        return cls(limits, refused, settings.getbool("RETRY_FAILED"))

    def check_opt_outs(self, opt_outs: Iterable[str]) -> None:
        """Raise DownloadLost for a picture whose owner reserves a use that counts here."""
        if refused := set(self.refused_opt_outs).intersection(opt_outs):
            words = ", ".join(sorted(refused))
            facts = {"opt_outs": sorted(opt_outs)}
            detail = f"the owner says {words}"
            raise DownloadLost(Outcome.REFUSED, Reason.OPT_OUT, detail).knowing(facts)

    def check_picture(self, known: KnownPicture) -> None:
        """Raise DownloadLost for a known picture that is not wanted."""
        if known.state == FORGOTTEN:
            raise forgotten()
        self.check_opt_outs(known.opt_outs)
        self._check_size(known.picture.width, known.picture.height)

    def check_failure(self, known: KnownFailure, run: str) -> None:
        """Raise DownloadLost for an address that failed and is not to be tried again yet."""
        failure = known.failure
        if failure.reason == Reason.OPT_OUT:
            self.check_opt_outs(failure.facts.get("opt_outs", ()))
        elif failure.reason in (Reason.TOO_SMALL, Reason.WRONG_ASPECT):
            self._check_size(failure.facts.get("width", 0), failure.facts.get("height", 0))
        elif known.run == run or not (self.retry_failed or known.is_due(now())):
            raise DownloadLost(Outcome(failure.outcome), failure.reason, known.words)

    def _check_size(self, width: int, height: int) -> None:
        try:
            check_size(width, height, self.limits)
        except PictureRefused as refused:
            raise refusal(refused) from refused


def refusal(refused: PictureRefused) -> DownloadLost:
    """Return the loss that a look at the bytes, or at their size, has led to."""
    return DownloadLost(Outcome.REFUSED, refused.reason, str(refused)).knowing(refused.facts)


def forgotten() -> DownloadLost:
    """Return the loss of a picture that was deleted for good."""
    return DownloadLost(Outcome.REFUSED, Reason.FORGOTTEN, "it was deleted with scrapy forget")
