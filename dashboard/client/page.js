// What a page has one of, made here and nowhere else. Components take it from here; what stands in the rooms is a class
// that is handed what it needs, so that a test makes its own.

import { Why } from "./chat/why.js";
import { People } from "./people/people.js";
import { Sections } from "./people/sections.js";
import { Bell } from "./shell/bell.js";
import { keep } from "./shell/composition.js";
import { me } from "./shell/facts.js";
import { Kept } from "./shell/kept.js";
import { Next } from "./shell/next.js";
import { Notices } from "./shell/notify.js";
import { PageTitles } from "./shell/page_titles.js";
import { Title } from "./shell/title.js";
import { Toast } from "./shell/toast.js";
import { Turning } from "./shell/turning.js";

addEventListener("keydown", keep, { capture: true });
export const store = new Kept(() => sessionStorage, me.id);
export const bell = new Bell();
export const next = new Next();
export const notices = new Notices();
export const sections = new Sections({ store, location });
export const people = new People({ store, location, sections, operates: me.operates });
export const titles = new PageTitles();
export const title = new Title(document);
export const toast = new Toast(() => document.getElementById("toast"));
export const turning = new Turning(document);
export const why = new Why();
