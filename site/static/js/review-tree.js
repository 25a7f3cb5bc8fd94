/**
 * The recognised text as a tree of lines worked by keyboard. One line is in the tab order (roving tabindex); the place
 * of a line in the list is its index for the server. All listeners sit on the list: it may hold thousands of lines.
 */

import { Editor } from "./review-edit.js";

const PAGE = 10;
const KEYS = {
  ArrowUp: "up", ArrowDown: "down", PageUp: "page-up", PageDown: "page-down", Home: "first", End: "last",
  Enter: "edit", Delete: "remove", "shift+ArrowLeft": "promote", "shift+ArrowRight": "demote",
  h: "next-heading", "shift+h": "previous-heading", m: "merge", n: "insert", o: "original", w: "warning",
  c: "caption", t: "header-row", "ctrl+z": "undo", "ctrl+Enter": "split", "?": "help", "shift+?": "help",
};
const POSTS = new Set(["promote", "demote", "merge", "remove", "undo"]);

export class Tree {
  constructor(root, desk, original) {
    this.root = root;
    this.desk = desk;
    this.original = original;
    this.list = root.querySelector("#rv-tree");
    this.editor = new Editor(this, desk, root.querySelector("#rv-editor"));
    this.onTaken = () => {};
    this.current = this.list.firstElementChild;
    if (this.current) this.current.tabIndex = 0;
    this.list.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("focusin", (event) => this.#focused(event));
    this.list.addEventListener("dblclick", (event) => this.#opened(event));
    root.querySelector("#rv-text").addEventListener("click", (event) => {
      const name = event.target.closest("[data-do]")?.dataset.do;
      if (name) this.ask(name);
    });
  }

  rowOf(element) {
    return element.closest(".rv-row");
  }

  index(row) {
    return Array.prototype.indexOf.call(this.list.children, row);
  }

  focus(row) {
    if (!row) return;
    if (this.original.alone) this.original.turn("work");
    this.#stand(row); // a window in the background is told of no focus
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** To the line a source line became: the last that does not begin after it. Shows the original when it has none. */
  focusLine(line) {
    let found = null;
    for (const row of this.list.children) {
      const begins = Number(row.dataset.line);
      if (begins && begins <= line) found = row;
      else if (begins > line && found) break;
    }
    if (found) this.focus(found);
    this.original.show([line]);
    return found;
  }

  focusCell(index, { line, column }) {
    this.list.children[index]?.querySelector("table")?.rows[line]?.cells[column]?.focus();
  }

  cellBeside(cell, step) {
    const cells = [...this.rowOf(cell).querySelectorAll("td, th")];
    return cells[cells.indexOf(cell) + step];
  }

  /** A command by name, after what is under way. */
  ask(name) {
    return this.desk.run(() => this.#do(name));
  }

  async post(change) {
    const answer = await this.desk.revise(change, () => this.post(change));
    if (answer) this.take(answer);
    return Boolean(answer);
  }

  /** Put the server's lines in the place of the old ones and go where it says. */
  take(answer) {
    const rows = this.list.children;
    const holder = document.createElement("template");
    holder.innerHTML = answer.html ?? "";
    const fresh = [...holder.content.children];
    this.list.querySelector(".rv-new")?.remove();
    const next = rows[answer.from + (answer.removed ?? 0)] ?? null;
    for (let count = answer.removed ?? 0; count > 0; count -= 1) rows[answer.from]?.remove();
    for (const row of fresh) this.list.insertBefore(row, next);
    if (!this.current?.isConnected) this.current = null;
    this.#counts(answer);
    this.desk.saved(answer.message);
    this.onTaken(answer);
    const to = rows[answer.focus ?? Math.min(answer.from ?? 0, rows.length - 1)] ?? rows[rows.length - 1];
    this.focus(to);
  }

  #counts(answer) {
    for (const [name, count] of Object.entries(answer.counts ?? {})) {
      const shown = this.root.querySelector(`[data-count="${name}"]`);
      if (shown) shown.textContent = count;
    }
    if (answer.undo !== undefined) this.root.querySelector("[data-do=undo]").disabled = !answer.undo;
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.metaKey) return;
    if (this.editor.open && !this.editor.saving && event.target.closest(".rv-editor")) {
      this.editor.key(event);
      return;
    }
    const cell = event.target.closest("td, th");
    if (cell && this.#inTable(event, cell)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const name = KEYS[`${event.ctrlKey ? "ctrl+" : ""}${event.shiftKey ? "shift+" : ""}${key}`];
    if (!name) return;
    event.preventDefault();
    this.ask(name);
  }

  /** Keys inside a table. True when the key was one. */
  #inTable(event, cell) {
    const row = this.rowOf(cell);
    const { rowIndex } = cell.parentElement;
    const rows = cell.closest("table").rows;
    const to = {
      ArrowUp: () => rows[rowIndex - 1]?.cells[cell.cellIndex],
      ArrowDown: () => rows[rowIndex + 1]?.cells[cell.cellIndex],
      ArrowLeft: () => this.cellBeside(cell, -1),
      ArrowRight: () => this.cellBeside(cell, 1),
      Home: () => cell.parentElement.cells[0],
      End: () => cell.parentElement.cells[cell.parentElement.cells.length - 1],
    }[event.shiftKey || event.ctrlKey ? "" : event.key];
    if (to) {
      event.preventDefault();
      to()?.focus();
    } else if (event.key === "Tab") {
      const next = this.cellBeside(cell, event.shiftKey ? -1 : 1);
      if (!next) return false;
      event.preventDefault();
      next.focus();
    } else if (event.key === "Escape") {
      this.focus(row);
    } else if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      this.desk.run(() => this.post({ op: "split", at: this.index(row), offset: rowIndex }));
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      this.desk.run(() => this.editor.editCell(cell));
    } else return ["PageUp", "PageDown", "Delete", "n", "N", "m", "M"].includes(event.key) || event.shiftKey;
    return true;
  }

  async #do(name) {
    if (this.editor.open && name === "split") return this.editor.split();
    if (this.editor.open && !(await this.editor.save())) return undefined;
    const row = this.current;
    if (name === "insert") return this.editor.insert(row);
    if (name === "undo") return this.post({ op: "undo" });
    if (!row) return undefined;
    if (POSTS.has(name)) return this.post({ op: name, at: this.index(row) });
    return this.#local(name, row);
  }

  #local(name, row) {
    const rows = this.list.children;
    const table = row.dataset.kind === "table";
    const steps = { up: -1, down: 1, "page-up": -PAGE, "page-down": PAGE, first: -Infinity, last: Infinity };
    if (name in steps) {
      return this.focus(rows[Math.max(0, Math.min(rows.length - 1, this.index(row) + steps[name]))]);
    }
    if (name.endsWith("heading")) return this.focus(this.#heading(row, name === "next-heading"));
    if (name === "edit" && table) return row.querySelector("td, th")?.focus();
    if (name === "edit") return this.editor.edit(row);
    if (name === "split") return this.#split(row, table);
    if (name === "original") return this.#reveal(row);
    if (name === "warning") return this.onWarning(row);
    if (name === "help") return this.#help();
    if (name === "caption" && table) return this.editor.edit(row);
    if (name === "header-row" && table) {
      return this.post({ op: "header_row", at: this.index(row), on: !row.querySelector("th") });
    }
    return undefined;
  }

  #heading(row, forward) {
    let found = row;
    do found = forward ? found.nextElementSibling : found.previousElementSibling;
    while (found && found.dataset.kind !== "heading");
    return found ?? row;
  }

  #split(row, table) {
    if (table) return row.querySelector("td, th")?.focus();
    this.editor.edit(row);
    return this.desk.say(this.desk.words.cursor);
  }

  #reveal(row) {
    if (!this.original.reveal([Number(row.dataset.line)])) this.desk.say(this.desk.words.nothing);
  }

  #help() {
    const help = this.root.querySelector("#rv-help");
    help.open = true;
    help.querySelector("summary").focus();
  }

  #focused(event) {
    const row = this.rowOf(event.target);
    if (row) this.#stand(row);
  }

  /** The line that commands are about from now on. */
  #stand(row) {
    if (row === this.current || row.classList.contains("rv-new")) return;
    if (this.current) this.current.tabIndex = -1;
    row.tabIndex = 0;
    this.current = row;
    for (const button of this.root.querySelectorAll("[data-table-only]")) {
      button.disabled = row.dataset.kind !== "table";
    }
    if (row.dataset.line) this.original.show([Number(row.dataset.line)]);
  }

  #opened(event) {
    if (event.target.closest(".rv-editor")) return;
    const cell = event.target.closest("td, th");
    this.desk.run(async () => {
      if (this.editor.open && !(await this.editor.save())) return;
      if (cell?.isConnected) this.editor.editCell(cell);
      else await this.#do("edit");
    });
  }
}
