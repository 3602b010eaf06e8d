// The bubble beside the button, while the window is closed: where one stands in line, who answered with a line of it. The
// button's name stays its label exactly; what there is to tell is its description, with the window open, too.

export class Bubble {
  #told = { head: "", line: "", count: "" };
  #open = false;
  /** @type {HTMLButtonElement | null} */
  #button = null;
  #head = document.createElement("strong");
  #line = document.createElement("span");
  #element = document.createElement("div");
  #description = document.createElement("i");

  /** @param {() => void} click */
  constructor(click) {
    this.#element.className = "tells";
    this.#element.setAttribute("role", "status");
    for (const each of [this.#head, this.#line]) each.dir = "auto";
    this.#element.append(this.#head, this.#line);
    this.#element.onclick = click;
    this.#description.id = "told";
    this.#description.hidden = true;
  }

  /** @param {import("./launcher.js").Launcher} launcher */
  stand({ button, root }) {
    this.#button = button;
    root.append(this.#element, this.#description);
  }

  /** @param {string} head @param {string} line both "" for nothing */
  say(head, line) {
    Object.assign(this.#told, { head, line });
    this.#draw();
  }

  /** @param {string} count of what is new, in words */
  count(count) {
    this.#told.count = count;
    this.#draw();
  }

  /** @param {boolean} open */
  opened(open) {
    this.#open = open;
    this.#draw();
  }

  #draw() {
    const { head, line, count } = this.#told;
    this.#element.classList.toggle("on", !this.#open && Boolean(head));
    say(this.#head, this.#open ? "" : head);
    say(this.#line, this.#open ? "" : line);
    say(this.#description, [head, line, count].filter(Boolean).join(" · "));
    if (head) this.#button?.setAttribute("aria-describedby", this.#description.id);
    else this.#button?.removeAttribute("aria-describedby");
  }
}

/** Only what differs is said again. @param {Node} node @param {string} text */
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
