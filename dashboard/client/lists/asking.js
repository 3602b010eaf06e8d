// Asking for the rows that are to be seen and are not here: not for every step of a scrolling list, and nothing twice.

const BETWEEN = 100; // ms

export class Asking {
  /**
   * @param {(ids: string[]) => void} say
   * @param {() => void} again comes back with what is to be seen by then
   */
  constructor(say, again) {
    this.say = say;
    this.again = again;
    this.said = "";
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waits = undefined;
    this.late = false;
  }

  /**
   * Ask, where one of them is missing.
   * @param {string[]} ids all that is to be seen
   * @param {(id: string) => boolean} missing
   */
  see(ids, missing) {
    if (!ids.some(missing)) return;
    if (this.waits !== undefined) {
      this.late = true;
      return;
    }
    const said = ids.join();
    if (said === this.said) return; // it is on its way
    this.said = said;
    this.say(ids);
    this.waits = setTimeout(() => {
      this.waits = undefined;
      if (this.late) this.again();
      this.late = false;
    }, BETWEEN);
  }

  end() {
    clearTimeout(this.waits);
  }
}
