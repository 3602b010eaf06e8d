// A log that stays at its end while its reader is there, whatever comes into it or takes room from it.

const NEAR = 80; // px from the end within which the reader follows

export class Tail {
  /** @param {HTMLElement} log */
  constructor(log) {
    this.log = log;
    /** Whether the reader is at the end. */
    this.stays = true;
    let room = 0;
    log.addEventListener("scroll", () => {
      if (log.clientHeight !== room) return; // not the reader's: its room is another, which is told next
      this.stays = this.isNear();
    });
    new ResizeObserver(() => {
      room = log.clientHeight;
      if (room) this.grew();
    }).observe(log);
  }

  isNear() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  /** Something came into it, or its room is another. */
  grew() {
    if (this.stays) this.toEnd();
  }

  toEnd() {
    this.stays = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** Show it from a line on, where the end and that line are not in sight together. @param {HTMLElement} line */
  from(line) {
    this.toEnd();
    const above = this.log.getBoundingClientRect().top - line.getBoundingClientRect().top;
    if (!line.isConnected || above <= 0) return;
    this.log.scrollTop -= above;
    this.stays = this.isNear(); // it may get its room only now
  }
}
