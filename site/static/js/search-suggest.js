/* Suggestions under the search fields (WAI-ARIA combobox with a listbox). Without this module they are plain fields.
   What stands in a field is never changed while someone types or an input method composes (Vietnamese Telex does, all
   the time): only choosing changes it. Words and the address stand in the data attributes of the module's script. */

const WAIT = 150;
const QUIET = 600;

const script = document.getElementById("search-suggest");
const words = { ...script?.dataset };
const known = new Map();

async function ask(q, signal) {
  if (known.has(q)) return known.get(q);
  const answer = await fetch(`${words.url}?${new URLSearchParams({ q })}`, { signal, credentials: "omit" });
  if (!answer.ok) return [];
  const { suggestions } = await answer.json();
  if (known.size > 100) known.clear();
  known.set(q, suggestions);
  return suggestions;
}

class Combobox {
  constructor(field, index) {
    this.field = field;
    this.active = -1;
    this.shown = [];
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${index}`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.tabIndex = -1; // or browsers make what scrolls a stop of the Tab key
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words.label);
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", this.list.id);
    field.after(this.list, this.status);
    field.addEventListener("input", () => this.typed());
    field.addEventListener("keydown", (event) => this.pressed(event));
    field.addEventListener("blur", () => this.close());
    // A press on the list leaves the focus in the field; scrolling the list with a finger chooses nothing.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  typed() {
    clearTimeout(this.waiting);
    this.request?.abort();
    this.mark(-1);
    const q = this.field.value;
    if (!q.trim()) return this.close();
    this.waiting = setTimeout(() => this.fetch(q), known.has(q) ? 0 : WAIT);
  }

  async fetch(q) {
    this.request = new AbortController();
    try {
      const found = await ask(q, this.request.signal);
      if (q === this.field.value && document.activeElement === this.field) this.show(found);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(found) {
    this.shown = found;
    this.list.replaceChildren(...found.map((one, place) => this.option(one, place)));
    this.open(found.length > 0);
    this.say(found.length);
  }

  option(one, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.className = "suggestions__option";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const value = document.createElement("span");
    value.textContent = one.value;
    value.lang = "vi";
    option.append(value);
    if (one.note) {
      const note = document.createElement("span");
      note.className = "suggestions__note";
      note.textContent = one.note;
      option.append(" ", note);
    }
    return option;
  }

  /** Said when the typing rests, so that a screen reader can finish the letters first. */
  say(count) {
    clearTimeout(this.saying);
    const said = count === 0 ? words.none : count === 1 ? words.one : words.many.replace("{n}", count);
    this.saying = setTimeout(() => (this.status.textContent = this.isOpen || !count ? said : ""), QUIET);
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.field.setAttribute("aria-expanded", String(isOpen));
    this.mark(-1);
  }

  close() {
    clearTimeout(this.waiting);
    clearTimeout(this.saying);
    this.request?.abort();
    this.status.textContent = "";
    this.open(false);
  }

  mark(place) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.list.children[place];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  pressed(event) {
    // 229 is what browsers call a key that an input method is still thinking about.
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.ctrlKey || event.metaKey) return;
    const count = this.list.children.length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (!this.isOpen) this.open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      // Past either end lies the field itself.
      this.mark(((this.active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && this.isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      this.close();
    }
  }

  choose(place) {
    this.field.value = this.shown[place].value;
    this.close();
    this.field.form.requestSubmit();
  }
}

if (words.url) document.querySelectorAll("input[data-suggest]").forEach((field, index) => new Combobox(field, index));
