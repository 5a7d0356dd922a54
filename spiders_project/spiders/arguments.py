"""The arguments of spiders (``-a name=value``), typed and checked, each mistake one sentence."""

from difflib import get_close_matches
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from spiders_project.errors import WrongInput
from spiders_project.values.aspect import Aspect
from spiders_project.values.cookies_txt import read_cookies

# scrapyd adds the name of the job, and the version that was asked for, to the arguments.
_ADDED_BY_SCRAPYD = frozenset({"_job", "_version"})


def _checked_aspect(value: str) -> str:
    return Aspect(value).text


def _checked_cookies(value: str) -> str:
    read_cookies(value)
    return value


class CrawlArguments(BaseModel):
    """What can be asked of a crawl of pictures."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    site: str = Field("demo", description="name of a known site, or the address of any gallery")
    category: tuple[str, ...] = Field((), description="categories, with commas between them")
    pages: Annotated[int | None, Field(ge=1)] = Field(
        None, description="listing pages of each category at most"
    )
    limit: Annotated[int | None, Field(ge=1)] = Field(None, description="pictures at most")
    min_width: Annotated[int | None, Field(ge=0)] = Field(
        None, description="pixels; smaller pictures are refused"
    )
    min_height: Annotated[int | None, Field(ge=0)] = Field(
        None, description="pixels; smaller pictures are refused"
    )

    aspect: Annotated[str | None, AfterValidator(_checked_aspect)] = Field(
        None, description="portrait, landscape, square, or a ratio such as 16:9"
    )
    update: bool = Field(
        False, description="stop at a listing whose pictures are all known from a complete run"
    )
    retry_failed: bool = Field(False, description="try only what has failed, also before its time")
    browser: bool = Field(
        False, description="read pages as Chromium shows them, once their scripts have run"
    )
    dry_run: bool = Field(
        False, description="say which originals there are, and download none of them"
    )
    restart: bool = Field(False, description="begin anew what an earlier run has left unfinished")
    cookies: Annotated[str | None, AfterValidator(_checked_cookies)] = Field(
        None, description="cookies.txt of a browser"
    )

    @field_validator("category", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return tuple(filter(None, (part.strip() for part in value.split(","))))

    @classmethod
    def parse(cls, arguments: dict[str, Any]) -> Self:
        """Return the arguments of a command line or of scrapyd; raises WrongInput."""
        given = {name: value for name, value in arguments.items() if name not in _ADDED_BY_SCRAPYD}
        try:
            return cls(**given)
        except ValidationError as error:
            raise WrongInput("; ".join(map(cls._sentence, error.errors()))) from None

    @classmethod
    def _sentence(cls, error: ErrorDetails) -> str:
        name = str(error["loc"][0])
        if error["type"] == "extra_forbidden":
            names = list(cls.model_fields)
            close = get_close_matches(name, names, n=1)
            hint = f"did you mean {close[0]}? " if close else ""
            return f"the argument {name} is not known: {hint}valid are {', '.join(names)}"
        given = f"{name}={error['input']}"
        match error["type"]:
            case "int_parsing" | "int_type" | "int_from_float":
                return f"{given} is not a whole number"
            case "bool_parsing" | "bool_type":
                return f"{given} is neither true nor false"
            case "greater_than_equal":
                return f"{given} is too small; give at least {error['ctx']['ge']}"
        return f"{given} is wrong: {error['msg']}"
