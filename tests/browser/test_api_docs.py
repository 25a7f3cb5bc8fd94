"""The API's description opens under the site's own rules for scripts."""


def test_the_description_of_the_api_opens(visit):
    desk = visit()
    desk.page.goto("/api/v1/docs")
    desk.page.get_by_text("Search everything that is published").wait_for()
    assert not desk.errors
    assert not desk.foreign
