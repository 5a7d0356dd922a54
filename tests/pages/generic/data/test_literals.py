"""Values that scripts write down: read as they are nested, without running anything."""

import pytest

from spiders_project.pages.generic.data.literals import value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": [1, 2.5, null]}', {"a": [1, 2.5, None]}),
        ('\ufeff)]}\'\n[{"a": 1}]', [{"a": 1}]),
        ('while(1);{"a": 1}', {"a": 1}),
        ('{"a": 1}\n{"a": 2}', [{"a": 1}, {"a": 2}]),
        ('show({"a": 1});', {"show": {"a": 1}}),
        ("export default [{a: 'x\\u0041', 'b': true}]", [[{"a": "xA", "b": True}]]),
        ("module.exports = JSON.parse('[{\"a\": 1}]')", {"module.exports": '[{"a": 1}]'}),
        ("f(function () { g({b: [1, , 2], c: d}); })", {"f": {"g": {"b": [1, 2]}}}),
        ("x = [1, 2].map(y); /* [3] */ // [4]", {"x": [1, 2]}),
        ("a = b ? {c: 1} : [2]", {"a": {"c": 1}, "": [[2]]}),
        ("var d = 'x/'; y = [`${d}1.jpg`]", {"d": "x/", "y": ["x/1.jpg"]}),
        ("y = [location.origin + '/a/1.jpg']", {"y": ["/a/1.jpg"]}),
        ("it's not a script [at all", None),
    ],
)
def test_reads_literals_without_running_them(text: str, value: object) -> None:
    assert value_of(text) == value
