// What has just come into sight takes no press yet: a finger that was on its way meant what stood there before.

const SETTLES = 400; // ms

/**
 * Let a pointer's presses pass over an element until it has been in sight for a moment; keys are meant where they go.
 * @param {HTMLElement} element
 */
export function settled(element) {
  let since = -Infinity;
  const sight = new IntersectionObserver((seen) => {
    if (seen.at(-1)?.isIntersecting) since = performance.now();
  });
  sight.observe(element);
  element.addEventListener(
    "click",
    (event) => {
      if (event.detail === 0 || performance.now() - since >= SETTLES) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}
