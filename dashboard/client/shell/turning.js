// When the person last turned to something: what comes late must not take the focus away from there.

const WRITES = /^[^ ?]$/u; // a sign that is written, and leads nowhere; of these "?" opens the list of keys

export class Turning {
  /** In ms, as `performance.now()` counts. */
  at = -Infinity;

  /** @param {EventTarget} target whose keys and pointer are heard */
  constructor(target) {
    for (const name of ["pointerdown", "keydown"]) target.addEventListener(name, (event) => this.heard(event), { capture: true });
  }

  /** @param {Event & {key?: string, altKey?: boolean, ctrlKey?: boolean, metaKey?: boolean}} event */
  heard(event) {
    const { key = "", altKey, ctrlKey, metaKey } = event;
    if (!WRITES.test(key) || altKey || ctrlKey || metaKey) this.at = event.timeStamp;
  }

  /** Whether that was after a moment. @param {number} moment */
  since(moment) {
    return this.at > moment;
  }
}
