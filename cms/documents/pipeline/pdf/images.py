"""A page as a picture, for looking at the original beside what was read of it."""

import io

from .opening import damaged, opened

WIDEST = 3000
MOST_PIXELS = 20_000_000


def page_image(data: bytes, page: int, width: int, name: str = "PDF") -> bytes:
    """Page `page` (from 1) as a PNG `width` pixels wide.

    Raises `Unreadable` for a file that cannot be opened, `IndexError` where there is no such page, `ValueError` for a
    width below 1 or above `WIDEST`. A very tall page becomes narrower than asked, so that it stays below
    `MOST_PIXELS`.
    """
    if not 1 <= width <= WIDEST:
        raise ValueError(width)
    with opened(data, name) as document:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        leaf = document[page - 1]
        try:
            across, down = leaf.get_size()
            if not (across > 0 and down > 0):
                raise damaged(name)
            scale = min(width / across, (MOST_PIXELS / (across * down)) ** 0.5)
            scale *= 1 - 1e-7  # sizes are rounded up: exactly `width` pixels, not one more for the last digit
            bitmap = leaf.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
            try:
                picture = bitmap.to_pil()
                out = io.BytesIO()
                picture.convert("RGB").save(out, "PNG")
                picture.close()
                return out.getvalue()
            finally:
                bitmap.close()
        finally:
            leaf.close()
