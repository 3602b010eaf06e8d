// The page's heading and the window's title, with the number of what waits for this operator before it.

const counts = new Map();
let text = "Parlour";

const draw = () => {
  const sum = [...counts.values()].reduce((all, one) => all + one, 0);
  document.title = `${sum ? `(${sum}) ` : ""}${text === "Parlour" ? text : `${text} · Parlour`}`;
};

export const title = {
  /** What the work area shows now. @param {string} what */
  of(what) {
    const heading = document.getElementById("heading");
    if (heading && heading.textContent !== what) heading.textContent = what;
    text = what;
    draw();
  },

  /**
   * How much of something waits: unread messages, requests that ring.
   * @param {string} what
   * @param {number} n
   */
  waits(what, n) {
    if (counts.get(what) === n) return;
    counts.set(what, n);
    draw();
  },
};
