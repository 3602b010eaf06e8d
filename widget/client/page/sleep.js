// Sleeping: nothing was done on this page for a while, however often it is looked at.

/** @param {() => void} turned it fell asleep, or woke */
export function sleep(turned) {
  let timer = 0;
  let last = Date.now();
  const it = {
    asleep: false,
    act() {
      last = Date.now();
      if (it.asleep) look();
    },
    after: Infinity, // ms
    look,
  };

  function look() {
    clearTimeout(timer);
    const left = last + it.after - Date.now();
    if (it.asleep !== (it.asleep = left <= 0)) turned();
    if (!it.asleep && left < Infinity) timer = setTimeout(look, left);
  }

  for (const name of ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"]) addEventListener(name, it.act, { capture: true, passive: true });
  return it;
}
