"""Searching in a real browser: from the home page to the marked clause by keyboard alone, suggestions that never stand
in the way, an order a blind reader can follow, nothing for axe to find, a page that stays light."""

import gzip

import pytest
from django.core.management import call_command

PLAN = "/van-ban/1937-kh-pgddt-pgddt-uong-bi-2023/"
QUESTION = "thanh toan khong dung tien mat"
MOST_BYTES = 40 * 1024
STATES = {
    "results": "q=thanh+toan+khong+dung+tien+mat",
    "many": "q=ke+hoach",
    "filtered": "q=chuyen+doi+so&loai=plan&nam=1999&loai=gone",
    "nothing": "q=xyzzyqwerty+thu+vien",
    "number": "q=1937+kh+pgddt",
    "organisation": "q=Phong+GDDT+Uong+Bi",
    "misspelt": "q=%22thu+vienn%22",
    "begin": "",
}


@pytest.fixture
def demo(transactional_db):
    call_command("demo", verbosity=0)


def tab_to(page, matches, most=80):
    """Press Tab until the focus is on what ``matches`` (a CSS selector)."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", matches):
            return
    raise AssertionError(f"the keyboard never reached {matches}")


def sent(answer):
    """Bytes of an answer as a site sends it. The server of the tests sends its static files as they lie, a site's does
    not (``CompressedManifestStaticFilesStorage``)."""
    sizes = answer.request.sizes()
    body = len(gzip.compress(answer.body())) if "/static/" in answer.url else sizes["responseBodySize"]
    return body + sizes["responseHeadersSize"]


@pytest.mark.parametrize("java_script", [True, False], ids=["script", "no script"])
def test_by_keyboard_alone_from_home_to_the_marked_clause(demo, visit, java_script):
    page = visit(width=360, height=740, java_script_enabled=java_script).page
    page.goto("/")
    tab_to(page, "input[name=q]")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=*")
    tab_to(page, ".result .passage a")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PLAN}*")
    assert "q=thanh+toan" in page.url
    clause = page.locator(f'[id="{page.url.rpartition("#")[2]}"]')
    assert clause.locator("mark").count()
    assert "không dùng tiền mặt" in clause.inner_text()
    place = clause.bounding_box()
    assert 0 <= place["y"] < 740
    marks = page.locator("article mark").count()
    assert marks >= clause.locator("mark").count()
    page.locator(".notice a", has_text="").last.click()
    assert "q=" not in page.url
    assert not page.locator("article mark").count()


def test_a_suggestion_is_chosen_by_keyboard_and_has_its_answer(demo, visit):
    page = visit(width=360).page
    page.goto("/")
    field = page.get_by_role("combobox")
    field.focus()
    page.keyboard.type("1937")
    page.get_by_role("option").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert field.input_value() == "1937"
    page.keyboard.press("ArrowDown")
    option = page.locator("[role=option][aria-selected=true]")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert field.input_value() == "1937", "only choosing changes what stands in the field"
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=1937%2FKH-PGD*")
    assert page.locator(".result").first.get_by_role("link").first.get_attribute("href").startswith(PLAN)


def test_suggestions_are_counted_aloud_and_leave_quietly(demo, visit):
    seen = visit(width=360)
    page = seen.page
    page.goto("/tim-kiem/")
    field = page.locator("#q")
    field.focus()
    page.keyboard.type("chuyen doi s")
    page.get_by_role("option").first.wait_for()
    options = page.get_by_role("option").count()
    status = page.locator(".field [role=status]")
    page.wait_for_function("() => document.querySelector('.field [role=status]').textContent")
    assert str(options) in status.inner_text()
    assert not seen.violations()
    for option in page.get_by_role("option").all():
        assert option.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.keyboard.press("Escape")
    assert not page.get_by_role("listbox").is_visible()
    assert field.input_value() == "chuyen doi s"
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("listbox").is_visible()
    page.keyboard.press("Tab")
    assert not page.get_by_role("listbox").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    assert page.url.endswith("/tim-kiem/")


def test_while_an_input_method_composes_nothing_is_taken_from_it(demo, visit):
    seen = visit()
    page = seen.page
    page.goto("/")
    field = page.get_by_role("combobox")
    field.focus()
    keyboard = seen.context.new_cdp_session(page)
    for text in ("chuye", "chuyê", "chuyển", "chuyển d", "chuyển đ"):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    page.get_by_role("option").first.wait_for()
    assert field.input_value() == "chuyển đ"
    pressed = """key => {
      const event = new KeyboardEvent("keydown", {key, isComposing: true, bubbles: true, cancelable: true});
      document.activeElement.dispatchEvent(event);
      return event.defaultPrevented;
    }"""
    for key in ("ArrowDown", "Enter", "Escape"):
        assert not page.evaluate(pressed, key), key
    assert field.get_attribute("aria-activedescendant") is None
    assert page.get_by_role("listbox").is_visible()
    keyboard.send("Input.insertText", {"text": "chuyển đổi"})
    assert field.input_value() == "chuyển đổi"


def test_a_suggestion_is_chosen_by_touch_and_late_answers_change_nothing(demo, visit):
    page = visit(width=360, has_touch=True).page
    page.goto("/")
    field = page.get_by_role("combobox")
    field.focus()
    page.keyboard.type("4725")
    page.get_by_role("option").first.wait_for()
    field.fill("")
    page.wait_for_timeout(400)
    assert not page.get_by_role("listbox").is_visible()
    page.keyboard.type("4725")
    page.get_by_role("option").first.tap()
    page.wait_for_url("**/tim-kiem/?q=4725*")


def test_without_suggestions_the_field_is_a_plain_field(demo, visit):
    page = visit().page
    page.route("**/tim-kiem/goi-y*", lambda route: route.fulfill(status=500))
    page.goto("/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("thư viện")
    page.wait_for_timeout(400)
    assert not page.get_by_role("listbox").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem/?q=*")


def test_every_state_is_clean_light_and_as_wide_as_the_screen(demo, visit):
    found = {}
    for name, query in STATES.items():
        for width in (360, 1280):
            seen = visit(width=width)
            answers = []
            seen.page.on("response", lambda answer, kept=answers: kept.append(answer))
            seen.page.goto(f"/tim-kiem/?{query}")
            seen.page.wait_for_load_state("networkidle")
            problems = seen.violations()
            if seen.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                problems.append("wider than the screen")
            weight = sum(map(sent, answers))
            print(f"{name} at {width}: {weight:,} bytes ({seen.weight:,} as they lie) in {seen.requests} requests")
            if weight > MOST_BYTES or seen.requests > 10:
                problems.append(f"{weight} bytes in {seen.requests} requests")
            if problems:
                found[f"{name} at {width}"] = problems
            seen.context.close()
    assert not found, found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_keep_their_contrast(demo, visit, scheme):
    seen = visit(color_scheme=scheme)
    for name in ("filtered", "nothing", "number", "organisation"):
        seen.page.goto(f"/tim-kiem/?{STATES[name]}")
        assert not seen.violations(), name


def test_a_blind_reader_hears_the_count_then_the_filters_by_their_names_then_the_results(demo, visit):
    page = visit(width=360, java_script_enabled=False).page
    page.goto("/tim-kiem/?q=chuyen+doi+so")
    count = page.locator("#result-count")
    total = count.inner_text().split()[0]
    assert total in page.title(), "what is read first says how many there are"
    order = page.evaluate("""() => {
      const parts = ["#result-count", "form.filters", ".result-list"].map((part) => document.querySelector(part));
      return parts.slice(1).every((part, i) => parts[i].compareDocumentPosition(part) & 4);
    }""")
    assert order
    assert page.get_by_role("heading", level=2).first.inner_text() == count.inner_text()
    page.locator("summary", has_text="Lọc").click()
    group = page.get_by_role("group", name="Loại văn bản")
    box = group.get_by_role("checkbox").first
    name = box.evaluate("box => box.labels[0].textContent")
    number = int("".join(filter(str.isdigit, name)))
    box.check()
    page.get_by_role("button", name="Hiện").click()
    assert page.locator("#result-count").inner_text().startswith(str(number)), "the count beside a value comes true"
    page.locator(".chosen a").first.click()
    assert page.locator("#result-count").inner_text().split()[0] == total
