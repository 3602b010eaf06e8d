// A person's coloured disc with an initial; the name stands beside it, so it says nothing itself.

import { h } from "../look/dom.js";
import { handle } from "../shell/facts.js";
import { hueOf, initialOf } from "./initial.js";

/** @param {string | null} name as far as known @param {string} visitor their ID */
export const disc = (name, visitor) => h("span", { class: "disc", "aria-hidden": "true", "data-hue": hueOf(visitor) }, initialOf(name, handle(visitor)));
