/** The editor that opens in the place of a line, of a table's caption or of a cell. One at a time. */

const oneLine = (text) => text.replace(/\s+/gu, " ").trim();

/** What a row or cell holds, as the server has it: of a line the mark belongs to the text. */
export function wordsOf(row) {
  const number = row.querySelector(".rv-number")?.textContent ?? "";
  const text = row.querySelector(".rv-text")?.textContent ?? "";
  const apart = row.dataset.kind === "heading" || row.dataset.kind === "note";
  return apart ? { number, text } : { number: "", text: oneLine(`${number} ${text}`) };
}

export class Editor {
  /** @param tree the list of lines: gives indices, takes answers and the focus */
  constructor(tree, desk, template) {
    this.tree = tree;
    this.desk = desk;
    this.template = template;
    this.open = null;
    this.saving = false;
    tree.list.addEventListener("input", (event) => event.target.matches(".rv-in-text") && grow(event.target));
    tree.list.addEventListener("click", (event) => {
      const wish = event.target.closest("[data-editor]")?.dataset.editor;
      if (wish) this.wish(wish);
    });
  }

  /** Whether something was typed that the server does not have. */
  get dirty() {
    return Boolean(this.open) && (this.#number() !== this.open.number || this.#text() !== this.open.text);
  }

  edit(row) {
    const words = wordsOf(row);
    this.#begin({ what: row.dataset.kind === "table" ? "caption" : "row", row, holder: row, ...words });
  }

  editCell(cell) {
    const row = this.tree.rowOf(cell);
    const place = { line: cell.parentElement.rowIndex, column: cell.cellIndex };
    this.#begin({ what: "cell", row, holder: cell, number: "", text: cell.textContent, place });
  }

  /** An empty line below `row` (at the top when there is none); nothing is saved until it has words. */
  insert(row) {
    const fresh = document.createElement("li");
    fresh.className = "rv-row rv-new";
    fresh.setAttribute("role", "treeitem");
    fresh.setAttribute("aria-level", row?.getAttribute("aria-level") ?? "1");
    fresh.tabIndex = -1;
    const at = row ? this.tree.index(row) : -1;
    if (row) row.after(fresh);
    else this.tree.list.prepend(fresh);
    this.#begin({ what: "new", row: fresh, holder: fresh, number: "", text: "", at, back: row });
  }

  key(event) {
    if (event.key === "Escape") return this.#do(event, () => this.wish("leave"));
    if (event.key === "Enter" && event.target.closest("button")) return undefined;
    // A cell may hold several lines, everything else is one.
    if (event.key === "Enter" && event.shiftKey) return this.open.what === "cell" || event.preventDefault();
    if (event.key === "Enter") return this.#do(event, () => this.wish(event.ctrlKey ? "split" : "save"));
    if (event.key === "Tab" && this.open.what === "cell") return this.#do(event, () => this.#onward(event.shiftKey));
    return undefined;
  }

  wish(name) {
    if (!this.open || this.saving) return undefined;
    if (name === "leave") return this.leave();
    return this.desk.run(() => (name === "split" ? this.split() : this.save()));
  }

  /** Save and close. True when nothing is left open. */
  async save() {
    if (!this.open) return true;
    if (!this.dirty) return this.leave();
    if (this.open.what !== "caption" && this.open.what !== "cell" && !this.#text()) {
      this.desk.say(this.desk.words.empty);
      return false;
    }
    const was = this.open;
    const answer = await this.#post(this.#change(), () => this.save());
    if (!answer) return false;
    this.tree.take(answer);
    if (was.what === "cell") this.tree.focusCell(answer.from, was.place);
    return true;
  }

  /** Two lines where the caret stands, of the words as they are in the open editor. */
  async split() {
    const { what, row } = this.open;
    if (what === "cell") return this.#splitTable();
    if (what !== "row" || row.dataset.kind === "note") return this.save();
    const field = this.#field(".rv-in-text");
    const change = { op: "split", at: this.tree.index(row), offset: field.selectionStart, text: field.value };
    if (row.dataset.kind === "heading") change.number = this.#number();
    const answer = await this.#post(change, () => this.split());
    if (answer) this.tree.take(answer);
    return Boolean(answer);
  }

  /** Close; the line stands as it was. */
  leave() {
    const { what, row, holder, back } = this.open;
    this.open = null;
    if (what === "new") {
      row.remove();
      this.tree.focus(back ?? this.tree.list.firstElementChild);
      return true;
    }
    holder.querySelector(".rv-editor").remove();
    holder.classList.remove("rv-editing");
    if (what === "cell") holder.focus();
    else this.tree.focus(row);
    return true;
  }

  #begin(open) {
    this.open = open;
    const editor = this.template.content.firstElementChild.cloneNode(true);
    const number = editor.querySelector(".rv-in-number");
    const text = editor.querySelector(".rv-in-text");
    number.value = open.number;
    text.value = open.text;
    const numbered = open.what === "row" && ["heading", "note"].includes(open.row.dataset.kind);
    if (!numbered) number.remove();
    if (open.what === "caption" || open.what === "new") editor.querySelector("[data-editor=split]").remove();
    if (open.what === "cell") text.setAttribute("aria-label", this.#cellName(open.place));
    open.holder.classList.add("rv-editing");
    open.holder.append(editor);
    grow(text);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    open.row.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  #change() {
    const { what, row, place, at } = this.open;
    const text = this.#text();
    if (what === "new") return { op: "insert", at, text };
    if (what === "cell") {
      return { op: "cell", at: this.tree.index(row), row: place.line, column: place.column, text };
    }
    const change = { op: "edit", at: this.tree.index(row), text };
    return ["heading", "note"].includes(row.dataset.kind) ? { ...change, number: this.#number() } : change;
  }

  async #splitTable() {
    const { row, place } = this.open;
    const at = this.tree.index(row);
    if (!(await this.save())) return false;
    return this.tree.post({ op: "split", at, offset: place.line });
  }

  async #onward(backwards) {
    const { row, place, holder } = this.open;
    const from = this.tree.index(row);
    const next = this.tree.cellBeside(holder, backwards ? -1 : 1);
    const target = next && { line: next.parentElement.rowIndex, column: next.cellIndex };
    await this.desk.run(async () => {
      if (await this.save()) this.tree.focusCell(from, target ?? place);
    });
  }

  async #post(change, retry) {
    const fields = this.open ? this.open.holder.querySelectorAll("input, textarea") : [];
    for (const field of fields) field.readOnly = true;
    this.saving = true;
    const answer = await this.desk.revise(change, retry);
    this.saving = false;
    for (const field of fields) field.readOnly = false;
    if (answer) this.open = null;
    return answer;
  }

  #do(event, action) {
    event.preventDefault();
    event.stopPropagation();
    return action();
  }

  #field(selector) {
    return this.open.holder.querySelector(`.rv-editor ${selector}`);
  }

  #number() {
    return oneLine(this.#field(".rv-in-number")?.value ?? this.open.number);
  }

  #text() {
    const { value } = this.#field(".rv-in-text");
    return this.open.what === "cell" ? value.trim() : oneLine(value);
  }

  #cellName({ line, column }) {
    return this.desk.words.cell.replace("{row}", line + 1).replace("{column}", column + 1);
  }
}

function grow(field) {
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight + 2}px`;
}
