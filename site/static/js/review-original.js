/** The original beside the text: shows the passage a line came from, and leads from a passage to its line. */

const NARROW = matchMedia("(max-width: 699px)");

export class Original {
  constructor(root) {
    this.root = root;
    this.pane = root.querySelector("#rv-scroll");
    this.boxes = new Map();
    const data = root.querySelector("#rv-boxes");
    if (data) for (const [line, page, ...box] of JSON.parse(data.textContent)) this.boxes.set(line, { page, box });
    this.marked = [];
    this.onPick = () => {};
    this.pane.addEventListener("click", (event) => this.#picked(event));
    for (const button of root.querySelectorAll("[data-pane-to]")) {
      button.addEventListener("click", () => this.turn(button.dataset.paneTo));
    }
  }

  /** On a narrow screen one of the two is shown: "original" or "work". */
  turn(pane) {
    this.root.dataset.pane = pane;
    for (const button of this.root.querySelectorAll("[data-pane-to]")) {
      button.setAttribute("aria-pressed", String(button.dataset.paneTo === pane));
    }
  }

  /** Mark the passages of these lines and bring the first into sight. False when it has no place. */
  show(lines) {
    this.#clear();
    const places = lines.map((line) => this.#mark(line)).filter(Boolean);
    if (!places.length) return false;
    cancelAnimationFrame(this.frame);
    // Twice: pieces not drawn so far have only a guessed height, and the first scroll makes them be drawn.
    this.frame = requestAnimationFrame(() => {
      this.#centre(places[0]);
      this.frame = requestAnimationFrame(() => this.#centre(places[0]));
    });
    return true;
  }

  /** As `show`, and turn to it where only one of the two is seen; the focus goes along. */
  reveal(lines) {
    if (NARROW.matches) {
      this.turn("original");
      this.pane.focus({ preventScroll: true });
    }
    return this.show(lines);
  }

  get alone() {
    return NARROW.matches && this.root.dataset.pane === "original";
  }

  #mark(line) {
    const place = this.boxes.get(line);
    if (!place) {
      const element = this.pane.querySelector(`[data-source="${Number(line)}"]`);
      element?.classList.add("rv-here");
      if (element) this.marked.push(() => element.classList.remove("rv-here"));
      return element;
    }
    const page = this.pane.querySelector(`[data-page="${place.page}"]`);
    if (!page || place.box.length < 4) return page;
    const [left, top, right, bottom] = place.box;
    const mark = document.createElement("div");
    mark.className = "rv-box";
    mark.style.insetInlineStart = `${left * 100}%`;
    mark.style.insetBlockStart = `${top * 100}%`;
    mark.style.inlineSize = `${(right - left) * 100}%`;
    mark.style.blockSize = `${(bottom - top) * 100}%`;
    page.querySelector(".rv-sheet").append(mark);
    this.marked.push(() => mark.remove());
    return mark;
  }

  #clear() {
    for (const undo of this.marked) undo();
    this.marked = [];
  }

  #centre(element) {
    if (!element.isConnected) return;
    const offset = element.getBoundingClientRect().top - this.pane.getBoundingClientRect().top + this.pane.scrollTop;
    this.pane.scrollTop = offset - Math.max(24, (this.pane.clientHeight - element.offsetHeight) / 3);
  }

  #picked(event) {
    if (String(getSelection())) return;
    const line = event.target.closest("[data-source]");
    if (line) return this.onPick(Number(line.dataset.source));
    const page = event.target.closest("[data-page]");
    const picture = page?.querySelector("img").getBoundingClientRect();
    if (!picture?.height) return undefined;
    const found = this.#at(Number(page.dataset.page), (event.clientY - picture.top) / picture.height);
    return found === null ? undefined : this.onPick(found);
  }

  /** The line of a page nearest to a height. */
  #at(page, height) {
    let found = null;
    let nearest = Infinity;
    for (const [line, place] of this.boxes) {
      if (place.page !== page || place.box.length < 4) continue;
      const [, top, , bottom] = place.box;
      const away = height < top ? top - height : Math.max(0, height - bottom);
      if (away < nearest) [nearest, found] = [away, line];
    }
    return found;
  }
}
